/** One entry of an initramfs. Everything belongs to root and carries no time, so equal trees give equal bytes. */
export type CpioEntry =
  | { path: string; type: 'file'; content: Buffer; executable: boolean }
  | { path: string; type: 'directory' }
  | { path: string; type: 'link'; target: string }
  | { path: string; type: 'char-device'; major: number; minor: number };

/** The entries as a `newc` archive (the kernel's buffer-format.rst), parents first, closed by its trailer. */
export function writeCpio(entries: readonly CpioEntry[]): Buffer {
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
  const parts = sorted.flatMap((entry, index) => member(entry, index + 1));
  parts.push(...record({ path: 'TRAILER!!!', inode: 0, mode: 0, content: EMPTY, device: [0, 0] }));
  return Buffer.concat(parts);
}

const EMPTY = Buffer.alloc(0);
const S_IFDIR = 0o040000;
const S_IFREG = 0o100000;
const S_IFLNK = 0o120000;
const S_IFCHR = 0o020000;

function member(entry: CpioEntry, inode: number): Buffer[] {
  const base = { path: entry.path, inode, content: EMPTY, device: [0, 0] as [number, number] };
  switch (entry.type) {
    case 'file':
      return record({ ...base, mode: S_IFREG | (entry.executable ? 0o755 : 0o644), content: entry.content });
    case 'directory':
      return record({ ...base, mode: S_IFDIR | 0o755 });
    case 'link':
      return record({ ...base, mode: S_IFLNK | 0o777, content: Buffer.from(entry.target) });
    case 'char-device':
      return record({ ...base, mode: S_IFCHR | 0o600, device: [entry.major, entry.minor] });
  }
}

interface Record {
  path: string;
  inode: number;
  mode: number;
  content: Buffer;
  device: [number, number];
}

function record({ path, inode, mode, content, device }: Record): Buffer[] {
  const name = Buffer.from(`${path}\0`);
  // ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check
  const numbers = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, device[0], device[1], name.length, 0];
  const header = Buffer.from(`070701${numbers.map((n) => n.toString(16).padStart(8, '0')).join('')}`);
  return [header, name, padding(header.length + name.length), content, padding(content.length)];
}

function padding(length: number): Buffer {
  return Buffer.alloc((4 - (length % 4)) % 4);
}
