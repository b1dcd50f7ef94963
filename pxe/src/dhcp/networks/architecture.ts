/** What the firmware is, from the architecture types of RFC 4578 section 2.1 as IANA lists them now. */
export type Firmware =
  | 'bios'
  | 'uefi-x86'
  | 'uefi-x64'
  | 'uefi-arm32'
  | 'uefi-arm64'
  | 'uefi-riscv64'
  | 'bios-http'
  | 'uefi-x86-http'
  | 'uefi-x64-http'
  | 'uefi-arm32-http'
  | 'uefi-arm64-http';

/**
 * 7 is x64 by IANA and EBC by the text of RFC 4578 (since corrected by an erratum), 9 the other way round; firmware of
 * both opinions is in racks, so both are x64.
 */
const firmwareByType: Readonly<Record<number, Firmware>> = {
  0: 'bios',
  6: 'uefi-x86',
  7: 'uefi-x64',
  9: 'uefi-x64',
  10: 'uefi-arm32',
  11: 'uefi-arm64',
  15: 'uefi-x86-http',
  16: 'uefi-x64-http',
  18: 'uefi-arm32-http',
  19: 'uefi-arm64-http',
  20: 'bios-http',
  27: 'uefi-riscv64',
};

/** The first architecture of the client's list that is known, with its firmware; undefined when none is. */
export function knownArchitecture(
  types: readonly number[],
): { type: number; firmware: Firmware } | undefined {
  for (const type of types) {
    const firmware = firmwareByType[type];
    if (firmware) return { type, firmware };
  }
  return undefined;
}
