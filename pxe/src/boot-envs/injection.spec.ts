import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodingError } from './encoders/encoding-error.ts';
import { ipxeText, ipxeWord, ipxeWords, kernelArgument } from './encoders/ipxe.ts';
import { kickstartSection, kickstartWord } from './encoders/kickstart.ts';
import { preseedComment, preseedLine } from './encoders/preseed.ts';
import { shellWord } from './encoders/shell.ts';
import { findBootEnv } from './registry.ts';
import { debianSource, facts, installInput, scriptInput } from './testing/examples.ts';

const hostile = [
  'x\nchain http://10.66.6.6/',
  'x\r\nreboot',
  '\x24{mac}',
  'a\x24{b}c',
  'x || chain http://10.66.6.6/',
  'x && reboot',
  '#!ipxe',
  'x\\',
  '"; rm -rf /; "',
  "'; rm -rf /; '",
  '$(reboot)',
  '`reboot`',
  '%end\n%post\nreboot',
  '\u2028reboot',
  'x\0y',
  'ünï',
];

/** Either the value could not be said, or the output has as many lines as with a harmless one. */
function inert(render: (value: string) => string, value: string): void {
  const plain = render('harmless').split('\n').length;
  try {
    expect(render(value).split(/\r\n|[\n\r\u2028\u2029]/).length).toBe(plain);
  } catch (error) {
    expect(error).toBeInstanceOf(EncodingError);
  }
}

describe('what nodes and operators supply comes out inert', () => {
  const script = (name: string, change: Parameters<typeof scriptInput>[0]) =>
    findBootEnv(name)?.script(scriptInput(change)) ?? '';
  for (const value of hostile) {
    const shown = JSON.stringify(value);
    it(`iPXE: ${shown}`, () => {
      inert((title) => script('discovery', { title }), value);
      inert((kernelArguments) => script('discovery', { kernelArguments }), value);
      inert(
        (hostname) =>
          script('debian-12-installer', { install: { facts: { ...facts, hostname }, source: debianSource } }),
        value,
      );
      expect(script('discovery', { title: value })).not.toContain('\x24{mac}');
    });
    it(`preseed: ${shown}`, () => {
      const render = (hostname: string) =>
        findBootEnv('debian-12-installer')?.installFile?.(installInput({ facts: { ...facts, hostname } }))
          .text ?? '';
      inert(render, value);
    });
    it(`kickstart: ${shown}`, () => {
      const render = (hostname: string) =>
        findBootEnv('rocky-9-installer')?.installFile?.(installInput({ facts: { ...facts, hostname } }))
          .text ?? '';
      inert(render, value);
    });
  }
});

it('iPXE words: each is one word iPXE takes as it is, or is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      try {
        const word = ipxeWord('field', text);
        expect(word).toBe(text);
        expect(word).toMatch(/^[^\s\\#][^\s\\]*$/);
        expect(word).not.toContain('\x24{');
      } catch (error) {
        expect(error).toBeInstanceOf(EncodingError);
      }
    }),
  );
  expect(ipxeWords('arguments', ' a=1  b=2 ')).toEqual(['a=1', 'b=2']);
  expect(() => kernelArgument('hostname', 'a" init=/bin/sh "')).toThrow(EncodingError);
  expect(() => kernelArgument('hostname', 'a init=/bin/sh')).toThrow(/hostname/);
  expect(ipxeText('a\nb\x24{c}')).toBe('a?b??c?');
});

it('shell words: a real shell gives back what went in', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      (text) => {
        const { stdout } = spawnSync('sh', ['-c', `printf %s ${shellWord(text)}`]);
        expect(stdout.toString('utf8')).toBe(text);
      },
    ),
    { numRuns: 60 },
  );
  expect(() => shellWord('a\0b')).toThrow(EncodingError);
});

it('preseed: a value is the rest of its line, or is refused', () => {
  expect(preseedLine('d-i', 'time/zone', 'string', 'Etc/UTC')).toBe('d-i time/zone string Etc/UTC');
  expect(preseedLine('d-i', 'mirror/http/proxy', 'string', '')).toBe('d-i mirror/http/proxy string');
  expect(() => preseedLine('d-i', 'a/b', 'string', 'x\ny')).toThrow(/a\/b/);
  expect(() => preseedLine('d-i', 'a/b', 'string', 'x\\')).toThrow(EncodingError);
  expect(() => preseedLine('d-i evil', 'a/b', 'string', 'x')).toThrow(EncodingError);
  expect(preseedComment('a\nd-i x')).toBe('# a?d-i x');
});

it('kickstart: a word is one word, a section ends where it ends', () => {
  expect(kickstartWord('x', 'plain-1.2')).toBe('plain-1.2');
  expect(kickstartWord('x', "it's $x")).toBe(`'it'"'"'s $x'`);
  expect(() => kickstartWord('x', 'a\n%post')).toThrow(EncodingError);
  expect(() => kickstartSection('%post', ['ok', ' %end'])).toThrow(EncodingError);
});

it('the last step of an installer: a real shell reads the script, and plants hostile content as it is', () => {
  const content = hostile.filter((text) => !text.includes('\0')).join('\n');
  const render = findBootEnv('debian-13-installer')?.installFile;
  const text = render?.(installInput({ files: [{ path: '/x/y', mode: 0o600, content }] })).text ?? '';
  const encoded = /echo '([A-Za-z0-9+/=]+)' >/.exec(text)?.[1] ?? '';
  const script = Buffer.from(encoded, 'base64').toString('utf8');
  expect(spawnSync('sh', ['-n'], { input: script }).status).toBe(0);
  const lines = script.split('\n');
  const from = lines.findLastIndex((line) => line.startsWith('printf'));
  const to = lines.findIndex((line, index) => index > from && line.startsWith('  >'));
  const { stdout } = spawnSync('sh', ['-c', `${lines.slice(from, to).join('\n')}\n`]);
  expect(stdout.toString('utf8')).toBe(`${content}\n`);
});
