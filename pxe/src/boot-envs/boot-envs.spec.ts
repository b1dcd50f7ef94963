import { describe, expect, it } from 'vitest';
import { bootEnvs, findBootEnv } from './registry.ts';
import { debianSource, facts, installInput, redhatSource, scriptInput } from './testing/examples.ts';

const input = (name: string) => ({
  source: findBootEnv(name)?.platform?.family === 'redhat' ? redhatSource : debianSource,
});

describe('every boot env', () => {
  for (const bootEnv of bootEnvs) {
    const { name, kind } = bootEnv;
    const script = () =>
      bootEnv.script(scriptInput(kind === 'installer' ? { install: { facts, ...input(name) } } : {}));

    it(`${name}: boots with the script in its golden file`, async () => {
      await expect(script()).toMatchFileSnapshot(`golden/${name}.ipxe`);
    });

    it(`${name}: ends in a restart and asks nothing`, () => {
      expect(script()).toMatch(/\nsleep 10\nreboot\n$/);
      expect(script()).not.toMatch(/^(prompt|shell|menu|read|login|choose)\b/m);
    });

    if (!bootEnv.installFile) continue;
    const render = bootEnv.installFile;
    it(`${name}: installs with the file in its golden file`, async () => {
      const { text, format } = render(installInput(input(name)));
      await expect(text).toMatchFileSnapshot(`golden/${name}.${format}`);
    });

    it(`${name}: its install file opens no account by password`, () => {
      const { text } = render(installInput(input(name)));
      expect(text).toMatch(/^(rootpw --lock|d-i passwd\/root-password-crypted password \*)$/m);
      expect(text).not.toMatch(/--plaintext|root-password password|user-password/);
    });
  }
});

it('names are unique and found', () => {
  expect(new Set(bootEnvs.map(({ name }) => name)).size).toBe(bootEnvs.length);
  expect(findBootEnv('debian-12')?.kind).toBe('image');
  expect(findBootEnv('no-such')).toBeUndefined();
});

it('local boot under UEFI leaves iPXE where there is no loader to chain to', () => {
  expect(findBootEnv('local')?.script(scriptInput({ localLoader: null }))).toContain(':uefi\nexit\n');
});
