/** What a kernel module says about itself in its .modinfo section. */
export interface ModuleInfo {
  depends: string[];
  aliases: string[];
  firmware: string[];
}

const SECTION_HEADER_SIZE = 64;

/** Reads the .modinfo section of a 64-bit little-endian ELF object; undefined when it has none. */
export function parseModuleInfo(module: Buffer): ModuleInfo | undefined {
  const section = findSection(module, '.modinfo');
  if (!section) return undefined;
  const info: ModuleInfo = { depends: [], aliases: [], firmware: [] };
  for (const field of section.toString('latin1').split('\0')) {
    const [key, value] = splitOnce(field);
    if (key === 'depends') info.depends.push(...value.split(',').filter(Boolean));
    else if (key === 'alias') info.aliases.push(value);
    else if (key === 'firmware') info.firmware.push(value);
  }
  return info;
}

function splitOnce(field: string): [string, string] {
  const at = field.indexOf('=');
  return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
}

/** ELF-64: e_shoff at 0x28, e_shnum at 0x3c, e_shstrndx at 0x3e; in a header: name, …, offset at 24, size at 32. */
function findSection(elf: Buffer, wanted: string): Buffer | undefined {
  if (elf.length < SECTION_HEADER_SIZE || elf.readUInt32BE(0) !== 0x7f454c46) return undefined;
  const table = Number(elf.readBigUInt64LE(0x28));
  const count = elf.readUInt16LE(0x3c);
  const contentOf = (index: number): Buffer => {
    const header = table + index * SECTION_HEADER_SIZE;
    const start = Number(elf.readBigUInt64LE(header + 24));
    return elf.subarray(start, start + Number(elf.readBigUInt64LE(header + 32)));
  };
  const names = contentOf(elf.readUInt16LE(0x3e));
  for (let index = 0; index < count; index++) {
    const start = elf.readUInt32LE(table + index * SECTION_HEADER_SIZE);
    if (names.toString('latin1', start, names.indexOf(0, start)) === wanted) return contentOf(index);
  }
  return undefined;
}
