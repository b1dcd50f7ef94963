import { expect, it } from 'vitest';
import { writeCpio } from './cpio.ts';

it('writes newc members in order of their paths, padded to four bytes, closed by the trailer', () => {
  const archive = writeCpio([
    { path: 'etc/a', type: 'file', content: Buffer.from('hello'), executable: false },
    { path: 'etc', type: 'directory' },
    { path: 'bin', type: 'link', target: 'usr/bin' },
  ]);
  const header = (inode: number, mode: string, size: number, nameSize: number): string =>
    `070701${[inode].map(hex).join('')}${mode}${hex(0)}${hex(0)}${hex(1)}${hex(0)}${hex(size)}${hex(0).repeat(4)}${hex(nameSize)}${hex(0)}`;
  expect(archive.toString('latin1')).toBe(
    `${header(1, '0000a1ff', 7, 4)}bin\0\0\0usr/bin\0` +
      `${header(2, '000041ed', 0, 4)}etc\0\0\0` +
      `${header(3, '000081a4', 5, 6)}etc/a\0hello\0\0\0` +
      `${header(0, '00000000', 0, 11)}TRAILER!!!\0\0\0\0`,
  );
});

function hex(number: number): string {
  return number.toString(16).padStart(8, '0');
}
