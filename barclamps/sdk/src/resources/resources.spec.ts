import { statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  directory,
  eventually,
  file,
  installedPackage,
  runningService,
  type Step,
  secret,
  sh,
} from '../index.ts';
import { FakeNode, outcomes } from '../testing/fake-node.ts';

let node: FakeNode;
beforeEach(() => {
  node = new FakeNode();
});
afterEach(() => node.dispose());

async function drift(step: Step): Promise<string> {
  const { events } = await node.plan([step]);
  return events.flatMap((event) => (event.type === 'step-finished' ? [event.drift] : [])).join();
}

describe('file', () => {
  const conf = file('/etc/x/y.conf', 'a = "1"\n', { mode: '0640' });

  it('is written whole, with its directories and mode', async () => {
    expect(await drift(conf)).toBe('/etc/x/y.conf does not exist');
    await node.run([conf]);

    expect(node.read('etc/x/y.conf')).toBe('a = "1"\n');
    expect(statSync(join(node.root, 'etc/x/y.conf')).mode & 0o777).toBe(0o640);
    expect(await drift(conf)).toBe('');
  });

  it('tells content and mode that somebody changed', async () => {
    await node.run([conf]);
    node.write('etc/x/y.conf', 'a = 2\n');
    expect(await drift(conf)).toBe('/etc/x/y.conf has other content');

    expect(
      await drift({ ...conf, check: file('/etc/x/y.conf', 'a = 2\n').check, files: { content: 'a = 2\n' } }),
    ).toBe('/etc/x/y.conf: mode, owner and group are "640 root root", wanted "644 root root"');
  });

  it('replaces a link and refuses to replace a directory', async () => {
    node.write('etc/x/elsewhere', 'keep me');
    symlinkSync('elsewhere', join(node.root, 'etc/x/y.conf'));
    expect(outcomes(await node.run([conf]))).toEqual(['changed']);
    expect(node.read('etc/x/elsewhere')).toBe('keep me');

    expect(outcomes(await node.run([file('/etc/x', 'no')]))).toEqual(['failed']);
  });

  it('with a secret is private and shows nothing in a plan', async () => {
    const key = file('/etc/key', secret('hunter2'));
    expect(key.preview).toBeUndefined();
    await node.run([key]);

    expect(statSync(join(node.root, 'etc/key')).mode & 0o777).toBe(0o600);
  });

  it('refuses a mode that is not octal', () => {
    expect(() => file('/etc/x', '', { mode: 'rw' })).toThrow('not octal');
  });
});

describe('directory', () => {
  it('is made with its mode', async () => {
    const made = directory('/srv/a/b', { mode: '0700' });

    expect(outcomes(await node.run([made]))).toEqual(['changed']);
    expect(statSync(join(node.root, 'srv/a/b')).mode & 0o777).toBe(0o700);
    expect(outcomes(await node.run([made]))).toEqual(['unchanged']);
  });
});

describe('installedPackage', () => {
  it('is installed once', async () => {
    expect(await drift(installedPackage('chrony'))).toBe('package chrony is not installed');
    expect(outcomes(await node.run([installedPackage('chrony')]))).toEqual(['changed']);
    expect(outcomes(await node.run([installedPackage('chrony')]))).toEqual(['unchanged']);
  });
});

describe('runningService', () => {
  const conf = (text: string) => file('/etc/d.conf', text);
  const service = runningService('d', { readsFrom: ['/etc/d.conf'] });
  const restarts = () => node.read('.units/d.log').trim().split('\n').length;

  it('restarts when, and only when, its configuration changed', async () => {
    await node.run([conf('1'), service]);
    await node.run([conf('1'), service]);
    expect(restarts()).toBe(1);

    expect(outcomes(await node.run([conf('2'), service]))).toEqual(['changed', 'changed']);
    expect(restarts()).toBe(2);
  });

  it('restarts after a run that died between the file and the restart, or before the stamp', async () => {
    await node.run([conf('1'), service]);
    await node.run([conf('2')]);
    expect(await drift(service)).toBe('service d has not read its present configuration');
    writeFileSync(join(node.root, 'var/lib/halligan/services/d'), '');

    expect(outcomes(await node.run([conf('2'), service]))).toEqual(['unchanged', 'changed']);
    expect(outcomes(await node.run([conf('2'), service]))).toEqual(['unchanged', 'unchanged']);
  });

  it('tells one that stopped', async () => {
    await node.run([conf('1'), service]);
    node.write('.units/d.active', '');
    await node.run([conf('1'), { ...service, check: 'systemctl stop d' }]);

    expect(await drift(service)).toBe('service d does not run');
  });
});

describe('eventually', () => {
  const verified = (verify: string): Step => ({ ...directory('/srv'), verify });

  it('asks again until the answer is good', async () => {
    const good = eventually(
      5,
      sh`
      echo x >>"$HALLIGAN_ROOT/asked"
      [ "$(wc -l <"$HALLIGAN_ROOT/asked")" -ge 2 ] || echo not yet`,
    );

    expect(outcomes(await node.run([verified(good.text)]))).toEqual(['changed']);
  });

  it('gives the last words when the time is up', async () => {
    const { events } = await node.run([verified(eventually(1, sh`echo never`).text)]);

    expect(events.find(({ type }) => type === 'step-finished')).toMatchObject({ reason: 'verify: never' });
  });
});
