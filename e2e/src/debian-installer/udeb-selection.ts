import { relatedNames, type Stanza } from './stanza.ts';

/** What the installer's first stage, the initial file system, already has. */
export interface FirstStage {
  readonly kernelVersion: string;
  readonly installed: ReadonlySet<string>;
}

/** Components for hardware and file systems that no emulated rack has, and what only asks or mends. */
const LEFT_OUT =
  /^(partman-(btrfs|cros|iscsi|jfs|xfs|md|auto-raid)|depthcharge-tools-installer|systemd-boot-installer|kickseed-common|nobootloader|(jfs|xfs|isofs|firewire-core|pcmcia-storage|pata|cdrom-core)-modules-.*)$/;
const PRIORITIES: readonly (string | undefined)[] = ['required', 'important', 'standard'];

/** What the installer's own selection takes by priority for its kernel, and everything those depend on. */
export function selectUdebs(
  available: readonly Stanza[],
  { kernelVersion, installed }: FirstStage,
): Stanza[] {
  const fitting = available.filter((udeb) => (udeb.get('Kernel-Version') ?? kernelVersion) === kernelVersion);
  const byName = new Map(fitting.map((udeb) => [nameOf(udeb), udeb]));
  const providers = providersOf(fitting);
  const selected = new Map<string, Stanza>();
  const take = (name: string): void => {
    if (installed.has(name) || selected.has(name) || LEFT_OUT.test(name)) return;
    const udeb = byName.get(name);
    if (udeb === undefined) {
      takeProvider(name);
      return;
    }
    selected.set(name, udeb);
    for (const dependency of relatedNames(udeb.get('Depends'))) take(dependency);
  };
  const takeProvider = (name: string): void => {
    const names = providers.get(name) ?? [];
    const first = names[0];
    if (first !== undefined && !names.some((each) => installed.has(each) || selected.has(each))) take(first);
  };
  for (const udeb of fitting) if (PRIORITIES.includes(udeb.get('Priority'))) take(nameOf(udeb));
  return [...selected.values()];
}

export function nameOf(stanza: Stanza): string {
  return stanza.get('Package') ?? '';
}

function providersOf(udebs: readonly Stanza[]): Map<string, string[]> {
  const providers = new Map<string, string[]>();
  for (const udeb of udebs) {
    for (const provided of relatedNames(udeb.get('Provides'))) {
      providers.set(provided, [...(providers.get(provided) ?? []), nameOf(udeb)]);
    }
  }
  return providers;
}
