/** What one emulated BMC listens on and whom it lets in. */
export interface BmcAccess {
  readonly address: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** A word of ipmi_sim's configuration language in quotes; refuses what it has no escape for. */
function quoted(word: string): string {
  if (/["\\\n$]/.test(word))
    throw new Error('a quote, backslash, dollar or line end cannot be written for ipmi_sim');
  return `"${word}"`;
}

/**
 * ipmi_sim's LAN configuration: one administrator, no anonymous user, no authentication by plain text.
 * Without a guid it does not offer IPMI 2.0 at all.
 */
export function lanConfig(name: string, uuid: string, access: BmcAccess, chassisControl: string): string {
  return [
    `name ${quoted(name)}`,
    'set_working_mc 0x20',
    'startlan 1',
    `  addr ${access.address} ${access.port}`,
    '  priv_limit admin',
    '  allowed_auths_admin md5',
    `  guid ${uuid.replaceAll('-', '')}`,
    'endlan',
    `chassis_control ${quoted(chassisControl)}`,
    `user 2 true ${quoted(access.username)} ${quoted(access.password)} admin 10 md5`,
    '',
  ].join('\n');
}

/** The one management controller inside, at the usual IPMB address. */
export const emulatorCommands = [
  'mc_setbmc 0x20',
  'mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02',
  'mc_enable 0x20',
  '',
].join('\n');
