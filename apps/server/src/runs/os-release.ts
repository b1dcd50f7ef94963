/**
 * The platform an os-release(5) file names, such as `debian-12`: ID and VERSION_ID, the minor version left out where
 * releases of one major version are alike. Null when the file names none.
 */
export function platformOf(text: string): string | null {
  const value = (key: string) =>
    text
      .match(new RegExp(`^${key}=(.*)$`, 'm'))?.[1]
      ?.trim()
      .replace(/^(['"])(.*)\1$/, '$2');
  const id = value('ID');
  const version = value('VERSION_ID');
  if (!id || !/^[a-z0-9._-]+$/.test(id)) return null;
  if (!version || !/^[A-Za-z0-9._-]+$/.test(version)) return id;
  return `${id}-${id === 'ubuntu' ? version : version.split('.')[0]}`;
}
