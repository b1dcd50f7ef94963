/** What a boot spends its time on, coarse enough to compare a fleet. */
export type Phase =
  | 'power'
  | 'network'
  | 'loader'
  | 'kernel'
  | 'system'
  | 'install'
  | 'configure'
  | 'reboot'
  | 'contact';

interface PhaseFacts {
  label: string;
  /** Matches the names of the marks that begin this phase. */
  pattern: RegExp;
}

/** Order matters: the first pattern that matches wins. */
const table: [Phase, PhaseFacts][] = [
  ['reboot', { label: 'Reboot', pattern: /reboot|shutdown|kexec/ }],
  ['contact', { label: 'First contact', pattern: /ssh|first-|call-?back|\bready/ }],
  ['power', { label: 'Power and firmware', pattern: /power|firmware|\bpost\b|bios/ }],
  ['network', { label: 'DHCP', pattern: /dhcp|lease|\blink|proxy/ }],
  ['kernel', { label: 'Kernel and initrd', pattern: /kernel|initrd|initramfs|vmlinuz/ }],
  ['configure', { label: 'Configure', pattern: /configure|boot-loader|\blate\b|finish|chroot/ }],
  ['loader', { label: 'Boot loader', pattern: /loader|tftp|ipxe|script|grub|chain|shim/ }],
  [
    'install',
    { label: 'Install', pattern: /install|partition|unpack|image|package|wipe|mirror|format|disk/ },
  ],
  ['system', { label: 'System and agent', pattern: /./ }],
];

const facts = new Map(table);

export const phases = table.map(([name]) => name);

export function phaseLabel(phase: Phase): string {
  return facts.get(phase)?.label ?? phase;
}

/** The phase a mark begins; names nobody foresaw belong to the running system. */
export function phaseOf(mark: string): Phase {
  const name = mark.toLowerCase();
  return table.find(([, { pattern }]) => pattern.test(name))?.[0] ?? 'system';
}
