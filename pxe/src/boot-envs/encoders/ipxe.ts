import { EncodingError } from './encoding-error.ts';

/**
 * One word of an iPXE command. iPXE expands `${…}` first and splits at white space afterwards, without any way to
 * quote (core/exec.c), so whatever it would read as more than one plain word is refused.
 * @throws EncodingError
 */
export function ipxeWord(field: string, text: string): string {
  if (!/^[\x21-\x7e]+$/.test(text)) throw new EncodingError(field, 'write printable ASCII without spaces');
  if (text.includes('${')) throw new EncodingError(field, 'leave out ${, which iPXE would expand');
  if (text.includes('\\'))
    throw new EncodingError(field, 'leave out the backslash, which iPXE reads at the end of a line');
  if (text.startsWith('#') || text === '||' || text === '&&') {
    throw new EncodingError(field, `leave out ${text}, which iPXE reads as the end of a command`);
  }
  return text;
}

/** Kernel arguments as an operator writes them, separated by spaces. @throws EncodingError */
export function ipxeWords(field: string, text: string): string[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => ipxeWord(field, word));
}

/** `name=value` for a kernel command line, whose own quotes (kernel/params.c) are not used. @throws EncodingError */
export function kernelArgument(name: string, value: string): string {
  if (value.includes('"'))
    throw new EncodingError(name, 'leave out the double quote, which the kernel reads as its own');
  return ipxeWord(name, `${name}=${value}`);
}

/** Something to show on the screen: whatever could mean more than itself becomes a question mark. Never fails. */
export function ipxeText(text: string): string {
  return text.slice(0, 200).replace(/[^A-Za-z0-9 .,:_/@+()-]/gu, '?');
}
