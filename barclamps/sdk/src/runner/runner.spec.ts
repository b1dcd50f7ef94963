import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandStep, nodePath, type Script, type Step, secret, sh, step } from '../index.ts';
import { FakeNode, outcomes, type RunnerAnswer } from '../testing/fake-node.ts';
import { shellcheck } from '../testing/shellcheck.ts';
import { bundle } from './bundle.ts';
import { RunnerStatus, runnerSource } from './runner.ts';

let node: FakeNode;
beforeEach(() => {
  node = new FakeNode();
});
afterEach(() => node.dispose());

const log = nodePath('/log');

/** A step that notes each of its applications, and is content once it was applied. */
function noted(name: string, more: Script = sh`true`): Step {
  const done = nodePath(`/done-${name}`);
  return commandStep({
    name,
    check: sh`[ -e ${done} ] || echo ${`${name} is missing`}`,
    apply: sh`
      echo ${name} >>${log}
      ${more}
      touch ${done}`,
  });
}

const applied = () => node.read('log').trim().split('\n');
const reasons = ({ events }: RunnerAnswer) =>
  events.flatMap((event) => (event.type === 'step-finished' ? [event.reason] : []));
const outputs = ({ events }: RunnerAnswer) =>
  events.flatMap((event) => (event.type === 'output' ? [event.text] : []));

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('The condition never held.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a step', () => {
  it('is applied on drift, with the drift in words, and not again', async () => {
    const first = await node.run([noted('one'), noted('two')]);
    const second = await node.run([noted('one'), noted('two')]);

    expect(outcomes(first)).toEqual(['changed', 'changed']);
    expect(first.events.find(({ type }) => type === 'step-finished')).toMatchObject({
      drift: 'one is missing',
    });
    expect(outcomes(second)).toEqual(['unchanged', 'unchanged']);
    expect(applied()).toEqual(['one', 'two']);
  });

  it('that fails stops the run and says why', async () => {
    const answer = await node.run([noted('one', sh`echo on the way; exit 7`), noted('two')]);

    expect(outcomes(answer)).toEqual(['failed']);
    expect(reasons(answer)).toEqual(['apply left with status 7']);
    expect(outputs(answer)).toEqual(['on the way']);
    expect(answer.events.at(-1)).toMatchObject({ type: 'run-finished', result: 'failed' });
  });

  it('whose check cannot tell fails without being applied', async () => {
    const answer = await node.run([{ ...noted('one'), check: 'echo half a word; exit 3' }]);

    expect(outcomes(answer)).toEqual(['failed']);
    expect(reasons(answer)).toEqual(['check left with status 3']);
    expect(existsSync(join(node.root, 'log'))).toBe(false);
  });

  it('that lies about having worked is found out', async () => {
    const answer = await node.run([{ ...noted('one'), apply: 'true' }]);

    expect(reasons(answer)).toEqual(['still so after apply: one is missing']);
  });

  it('is verified even when nothing had to change', async () => {
    const verified = { ...noted('one'), verify: `[ ! -e "$HALLIGAN_ROOT/broken" ] || echo the port is dead` };
    await node.run([verified]);
    node.write('broken', '');

    const answer = await node.run([verified]);

    expect(outcomes(answer)).toEqual(['failed']);
    expect(reasons(answer)).toEqual(['verify: the port is dead']);
  });

  it('that hangs is ended with all its children when its time is up', async () => {
    const hanging = { ...noted('one', sh`sh -c 'trap "" TERM; sleep 61.7' & sleep 61.7`), timeoutSeconds: 1 };

    const answer = await node.run([hanging]);

    expect(outcomes(answer)).toEqual(['failed']);
    expect(reasons(answer)).toEqual(['apply did not finish within 1 s']);
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain('sleep 61.7');
  });

  it('may leave a daemon behind that keeps the output open', async () => {
    const answer = await node.run([noted('one', sh`setsid sleep 3 & echo started`)]);

    expect(outcomes(answer)).toEqual(['changed']);
    expect(outputs(answer)).toEqual(['started']);
    const [first, last] = [answer.events[0], answer.events.at(-1)];
    expect(Number(last?.at) - Number(first?.at)).toBeLessThan(2500);
  });

  it('keeps what it prints, byte for byte where text allows it', async () => {
    const text =
      'tab\there  percent%25%zz  "quotes" \\n back\\slash  Ünï•çødé ÁÂÃ \u001b[31mred\u001b[0m  $HOME `x`  trailing ';
    const content = { files: { text: `${text}\n\n  indented\nlast without newline` } };
    const answer = await node.run([
      { ...noted('one', sh`cat "$HALLIGAN_FILES"/text; printf '\\n\\n'`), ...content },
    ]);

    expect(outputs(answer)).toEqual([text, '', '  indented', 'last without newline', ''].slice(0, 4));
  });

  it('that talks without end is cut off, and goes on', async () => {
    const answer = await node.run([noted('one', sh`seq 1 5000`)]);

    expect(outcomes(answer)).toEqual(['changed']);
    expect(outputs(answer)).toHaveLength(4001);
    expect(outputs(answer).at(-1)).toBe('(further output is not kept)');
  });
});

describe('secrets', () => {
  const password = "pa'ss %w0rd\t#1";
  const leaky = step({
    name: 'leaky',
    files: { password: secret(password), key: secret('-----BEGIN-----\nline-of-key\n-----END-----') },
    check: sh`[ -e ${nodePath('/done')} ] || { echo "no $(cat "$HALLIGAN_FILES"/password) yet"; cat "$HALLIGAN_FILES"/key >&2; }`,
    apply: sh`set -x; cat "$HALLIGAN_FILES"/password; base64 "$HALLIGAN_FILES"/password; touch ${nodePath('/done')}`,
    preview: { path: '/shown', payload: 'password' },
  });

  it('are masked in every form before anything is written, and gone from memory after', async () => {
    const answer = await node.run([leaky]);

    const disk = execFileSync('cat', files(join(node.directory, 'state')), { encoding: 'utf8' });
    for (const text of [answer.raw, disk]) {
      for (const form of ['w0rd', 'line-of-key', Buffer.from(password).toString('base64').slice(0, 12)]) {
        expect(text).not.toContain(form);
      }
      expect(text).toContain('no ••• yet');
    }
    expect(readdirSync(join(node.directory, 'runtime'))).toEqual(['node.lock']);
  });

  it('are masked in a plan and in the content it shows', async () => {
    node.write('shown', `password = ${password}\n`);

    const answer = await node.plan([leaky]);

    expect(answer.events.filter(({ type }) => type === 'content')).toMatchObject([
      { text: 'password = •••' },
    ]);
    expect(answer.raw).not.toContain('w0rd');
  });
});

describe('a run', () => {
  it('goes on when whoever watched it is gone, and can be watched again from any offset', async () => {
    const watcher = node.spawn(['start', 'r1'], bundle([noted('one', sh`sleep 1`), noted('two')]).archive);
    await until(() => existsSync(join(node.root, 'log')));
    watcher.kill('SIGKILL');

    const all = await node.call(['attach', 'r1', '0']);
    const some = await node.call([
      'attach',
      'r1',
      String(Buffer.byteLength(all.raw.split('\n')[0] ?? '') + 1),
    ]);

    expect(outcomes(all)).toEqual(['changed', 'changed']);
    expect(all.status).toBe(RunnerStatus.done);
    expect(some.raw).toBe(all.raw.slice(all.raw.indexOf('\n') + 1));
    expect(applied()).toEqual(['one', 'two']);
  });

  it('that is started twice runs once, and both see it', async () => {
    const archive = bundle([noted('one', sh`sleep 0.5`)]).archive;

    const answers = await Promise.all([
      node.call(['start', 'r1'], archive),
      node.call(['start', 'r1'], archive),
    ]);

    expect(answers.map(outcomes)).toEqual([['changed'], ['changed']]);
    expect(applied()).toEqual(['one']);
  });

  it('that was killed says so, and continues without applying a finished step again', async () => {
    const steps = [noted('one'), { ...noted('two', sh`sleep 1`) }, noted('three')];
    const watcher = node.spawn(['start', 'r1'], bundle(steps).archive);
    const left = new Promise((resolve) => watcher.on('exit', resolve));
    await until(() => existsSync(join(node.root, 'log')) && applied().includes('two'));
    process.kill(pidOf(`${node.directory}/runner run r1`), 'SIGKILL');
    const status = await left;
    execFileSync('rm', [join(node.root, 'done-one')]);

    const answer = await node.call(['start', 'r1'], bundle(steps).archive);

    expect(status).toBe(RunnerStatus.abandoned);
    expect(answer.status).toBe(RunnerStatus.done);
    expect(answer.events.at(-1)).toMatchObject({ result: 'succeeded' });
    expect(applied().filter((name) => name === 'one')).toEqual(['one']);
    expect(applied().at(-1)).toBe('three');
  });

  it('resumes behind a line that power loss cut in half', async () => {
    await node.call(['start', 'r1'], bundle([noted('one')]).archive);
    const journal = join(node.directory, 'state', 'runs', 'r1', 'journal');
    truncateSync(journal, readFileSync(journal).length - 5);

    const answer = await node.call(['start', 'r1'], bundle([noted('one'), noted('two')]).archive);

    expect(answer.events.at(-1)).toMatchObject({ type: 'run-finished', result: 'succeeded' });
    expect(applied()).toEqual(['one', 'two']);
  });

  it('can be cancelled in the middle of a step', async () => {
    const running = node.call(['start', 'r1'], bundle([noted('one', sh`sleep 62.3`), noted('two')]).archive);
    await until(() => existsSync(join(node.root, 'log')));

    const cancel = await node.call(['cancel', 'r1']);
    const answer = await running;

    expect(cancel.status).toBe(0);
    expect(outcomes(answer)).toEqual(['cancelled']);
    expect(answer.events.at(-1)).toMatchObject({ result: 'cancelled' });
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain('sleep 62.3');
  });

  it('waits for another run on the same node', async () => {
    const first = node.call(['start', 'r1'], bundle([noted('one', sh`sleep 1`)]).archive);
    await until(() => existsSync(join(node.root, 'log')));

    const second = await node.call(['start', 'r2'], bundle([noted('two')]).archive);

    expect(second.events.some(({ type }) => type === 'waiting')).toBe(true);
    expect(outcomes(await first)).toEqual(['changed']);
    expect(applied()).toEqual(['one', 'two']);
  });

  it('whose bundle broke off is not started', async () => {
    const whole = bundle([noted('one')]).archive;

    const answer = await node.call(['start', 'r1'], whole.subarray(0, whole.length - 1536));

    expect(answer.status).toBe(RunnerStatus.brokenBundle);
    expect(existsSync(join(node.root, 'log'))).toBe(false);
  });

  it('that nobody knows is reported as such', async () => {
    expect((await node.call(['attach', 'r9'])).status).toBe(RunnerStatus.noSuchRun);
    expect((await node.call(['cancel', 'r9'])).status).toBe(RunnerStatus.noSuchRun);
    expect((await node.call(['attach', '../r9'])).status).toBe(1);
  });
});

describe('a plan', () => {
  it('tells drift and present content, and changes nothing', async () => {
    node.write('etc/x.conf', 'a = 1\nb = 2');
    const shown = { ...noted('one'), preview: { path: '/etc/x.conf', payload: 'content' } };

    const answer = await node.plan([shown, { ...noted('two'), check: 'exit 1' }]);

    expect(outcomes(answer)).toEqual(['drift', 'unknown']);
    expect(answer.events.filter(({ type }) => type === 'content')).toMatchObject([
      { text: 'a = 1' },
      { text: 'b = 2' },
    ]);
    expect(existsSync(join(node.root, 'log'))).toBe(false);
    expect(readdirSync(join(node.directory, 'runtime'))).toEqual([]);
  });
});

describe('the program', () => {
  it('has nothing that shellcheck finds fault with', () => {
    const findings = shellcheck(runnerSource);

    if (findings === null) console.warn('shellcheck is not installed: runner.sh was not checked.');
    expect(findings ?? '').toBe('');
  });
});

describe('with busybox for everything but flock', () => {
  it('runs just the same', () => {
    const applets = join(node.directory, 'applets');
    mkdirSync(applets);
    execFileSync('busybox', ['--install', '-s', applets]);
    symlinkSync('/usr/bin/flock', join(applets, 'flock'));
    const steps = [noted('one', sh`echo hello`), { ...noted('two', sh`sleep 9`), timeoutSeconds: 1 }];
    const memory = mkdtempSync('/dev/shm/halligan-runner-');
    const env = { ...node.environment, PATH: applets, HALLIGAN_PATH: applets, HALLIGAN_RUNTIME: memory };

    const raw = execFileSync(join(applets, 'sh'), [join(node.directory, 'runner'), 'start', 'r1'], {
      env,
      input: bundle(steps).archive,
      encoding: 'utf8',
    });

    rmSync(memory, { recursive: true });
    expect(raw).toMatch(/output\t\d+\t1\tapply\thello\n/);
    expect(raw).toMatch(/apply did not finish within 1 s\n/);
    expect(raw).toMatch(/run-finished\t\d+\tfailed\n$/);
  });
});

function pidOf(command: string): number {
  const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  const [line] = lines.filter((text) => text.endsWith(command));
  return Number.parseInt(line ?? '', 10);
}

function files(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
