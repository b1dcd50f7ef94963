/** `externalServers` → `External servers`; names that already read well stay. */
export function humanize(name: string): string {
  if (/\s/.test(name)) return name;
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]+/g, ' ')
    .toLowerCase()
    .replaceAll(/\b(ntp|dns|ip|url|mtu|vlan|ssh|tls|api|cidr|dhcp|http|https|id|ssl|vip)\b/g, (word) =>
      word.toUpperCase(),
    );
  return words.charAt(0).toUpperCase() + words.slice(1);
}
