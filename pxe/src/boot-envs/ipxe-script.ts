import { ipxeText, ipxeWord, kernelArgument } from './encoders/ipxe.ts';

/** One file to fetch: the kernel with its arguments, or an initial file system. */
export interface Fetch {
  command: 'kernel' | 'initrd';
  url: string;
  /** Words that went through `ipxeWord`. */
  words?: readonly string[];
}

const triesEach = 6;

/** Fetches and boots. Every failure is tried again after a pause, then the machine restarts: nobody is ever asked. */
export function bootScript(title: string, fetches: readonly Fetch[]): string {
  const steps = fetches.flatMap((fetch, index) => fetchStep(fetch, index));
  return ipxeScript(title, [...steps, 'boot || goto give-up']);
}

/** The EFI stub of the kernel looks for its files by the last part of their URLs; a BIOS kernel passes over this. */
export function initrdArguments(urls: readonly string[]): string[] {
  return urls.map((url) => kernelArgument('initrd', url.slice(url.lastIndexOf('/') + 1)));
}

/** For a machine that cannot be served yet: says why, waits and restarts. */
export function waitingScript(reason: string): string {
  return ipxeScript(reason, ['sleep 20']);
}

/** A script that ends in a restart when what it tries did not work. */
export function ipxeScript(title: string, lines: readonly string[]): string {
  return `${[
    '#!ipxe',
    `echo Halligan: ${ipxeText(title)}`,
    ...lines,
    ':give-up',
    'echo Halligan: this boot failed, restarting in 10 seconds',
    'sleep 10',
    'reboot',
  ].join('\n')}\n`;
}

/** `label` is tried until `command` succeeds, at most six times; then comes what follows. */
export function retried(label: string, command: string): string[] {
  return [
    'set tries:int32 0',
    `:${label}`,
    `${command} && goto ${label}-done ||`,
    'inc tries',
    `iseq \${tries} ${triesEach} && goto give-up ||`,
    'sleep 2',
    `goto ${label}`,
    `:${label}-done`,
  ];
}

function fetchStep({ command, url, words = [] }: Fetch, index: number): string[] {
  const label = index === 0 ? command : `${command}-${index}`;
  return retried(label, [command, ipxeWord('url', url), ...words].join(' '));
}
