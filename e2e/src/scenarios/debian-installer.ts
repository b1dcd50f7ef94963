import assert from 'node:assert/strict';
import { bringUp, type Lab, startLab } from '@halligan/lab';
import { cacheDir } from '../config.ts';
import { ensureInstallerRepository } from '../debian-installer/ensure-repository.ts';
import { tellProgress } from '../debian-installer/tell-progress.ts';
import { type Requests, useRepository } from '../debian-installer/use-repository.ts';
import { defineScenario, type ScenarioContext } from '../harness/scenario.ts';

const RELEASE = { version: '13', codename: 'trixie' };
const BOOT_ENV = `debian-${RELEASE.version}-installer`;
const MACHINE = { firmware: 'bios', memoryMegabytes: 1024 } as const;
/** An image takes a minute and a half, the installer a quarter of an hour on a quiet core. */
const PATIENCE = 7;

/** The long way to `ready`, for hardware and disk layouts that no image knows. */
export const debianInstaller = defineScenario({
  name: 'debian-installer',
  description: "a machine becomes ready through Debian's own installer and a generated preseed",
  quick: false,
  async run(context) {
    const { say } = context;
    const repository = await context.must('what the installer needs is at hand, in a signed repository', () =>
      ensureInstallerRepository({ ...RELEASE, cacheDir: cacheDir(), say }),
    );
    const lab = await context.must('a server starts on a rack of one machine', () =>
      startLab({ name: 'debian-installer', machines: [MACHINE], port: 0, onProgress: say }),
    );
    context.onEnd(() => lab.close());
    const requests = await context.must('the repository is served on the rack', () =>
      useRepository(lab, BOOT_ENV, RELEASE.codename, repository),
    );
    await context.must('from the power button to ready, and ntp applied and proved', () =>
      install(context, lab),
    );
    await context.case('installer and installed system took their packages from the repository', async () =>
      tookPackages(requests),
    );
  },
});

async function install({ say, signal }: ScenarioContext, lab: Lab): Promise<void> {
  const progress = tellProgress(lab.rack.unit(0).machine.console, say);
  const limit = AbortSignal.any([signal, progress.stuck]);
  const report = await bringUp(lab, {
    bootEnv: BOOT_ENV,
    patience: PATIENCE,
    signal: limit,
    onProgress: say,
  });
  const [node] = report.nodes;
  assert.equal(node?.state, 'ready');
  for (const [phase, seconds] of Object.entries(node.phases)) say(`${phase}: ${seconds} s`);
}

function tookPackages({ lines }: Requests): void {
  const served = (what: RegExp) => lines.filter((line) => what.test(line) && line.endsWith(' 200')).length;
  assert.ok(served(/\.udeb /) > 20, 'components of the installer');
  assert.ok(served(/\.deb /) > 150, 'packages of the base system');
  assert.ok(served(/dists\/.*\/Release\.gpg /) > 0, 'the signature, checked by the installer');
  assert.ok(served(/dists\/.*\/InRelease /) > 0, 'the signature, checked by the installed system');
}
