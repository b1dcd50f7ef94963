import { chmod, writeFile } from 'node:fs/promises';

/**
 * What udhcpc and dhclient run when something happens: it really configures the interface, for a client without its
 * address cannot renew by unicast, and prints what it was told. Their variables differ, so both are read.
 */
const script = `#!/bin/sh
ip="\${ip:-$new_ip_address}"
echo "event=\${reason:-$1} ip=$ip router=\${router:-$new_routers} lease=\${lease:-$new_dhcp_lease_time} siaddr=$siaddr file=$boot_file host=\${hostname:-$new_host_name}"
case "\${reason:-$1}" in
  bound|renew|BOUND|RENEW|REBIND|REBOOT)
    ip address flush dev "$interface"
    ip address add "$ip/\${mask:-24}" dev "$interface" ;;
  deconfig|PREINIT|EXPIRE|FAIL|RELEASE|STOP)
    ip address flush dev "$interface"
    ip link set "$interface" up ;;
esac
`;

/** Writes the script. */
export async function writeClientScript(path: string): Promise<string> {
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}
