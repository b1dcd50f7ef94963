import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Secret, secret } from '../secret.ts';
import { quote } from './quote.ts';
import { nodePath, payload } from './script.ts';
import { sh } from './sh.ts';

const say = (script: { text: string }) => execFileSync('sh', ['-c', script.text], { encoding: 'utf8' });

describe('sh', () => {
  it.each([
    '',
    ' ',
    "it's",
    '$(reboot)',
    '`reboot`',
    '"',
    '\\',
    'a\nb',
    '*',
    '~',
    '#x',
    '-n',
    'é•',
    '!',
    '{a,b}',
    ';',
  ])('passes %j on as one word', (value) => {
    expect(say(sh`printf '[%s]' ${value}`)).toBe(`[${value}]`);
  });

  it('makes one word of each entry of a list, and nests scripts as they stand', () => {
    const inner = sh`printf '%s|' ${['a b', 'c', 3]}`;

    expect(say(sh`${inner} && ${inner}`)).toBe('a b|c|3|a b|c|3|');
  });

  it('removes the indentation of the source around it', () => {
    const script = sh`
      if true; then
        echo ${'x'}
      fi`;

    expect(script.text).toBe('if true; then\n  echo x\nfi');
  });

  it.each([
    ['double quotes', () => sh`echo "${'x'}"`],
    ['single quotes', () => sh`echo '${'x'}'`],
    ['double quotes', () => sh`echo "a $(echo ${'x'})"`],
    ['a comment', () => sh`echo a # ${'x'}`],
  ])('refuses a value within %s', (where, write) => {
    expect(write).toThrow(`inside ${where}`);
  });

  it('is not confused by escapes, apostrophes in comments and hashes in words', () => {
    expect(
      say(sh`echo it\\'s a#${'b'}
      # don't
      echo ${'c'}`),
    ).toBe("it's a#b\nc\n");
  });

  it('refuses a secret, which must not stand on a command line', () => {
    expect(() => sh`login ${secret('hunter2') as unknown as string}`).toThrow('payload file');
  });
});

describe('node paths and payloads', () => {
  it('render with the root and the files directory in front', () => {
    expect(sh`cat ${payload('content')} >${nodePath("/etc/it's")}`.text).toBe(
      `cat "$HALLIGAN_FILES"/content >"$HALLIGAN_ROOT"'/etc/it'\\''s'`,
    );
  });

  it.each(['etc/x', '/etc/../x', ''])('refuse %j', (path) => {
    expect(() => nodePath(path)).toThrow('absolute path');
  });

  it.each(['../x', 'a/b', '', 'X'])('refuse a payload called %j', (name) => {
    expect(() => payload(name)).toThrow('Payload file name');
  });
});

describe('quote', () => {
  it('refuses a NUL byte', () => {
    expect(() => quote('a\0b')).toThrow(RangeError);
  });
});

describe('a secret', () => {
  it('prints as dots', () => {
    const password = new Secret('hunter2');

    expect(`${password} ${JSON.stringify({ password })} ${String(password)}`).not.toContain('hunter2');
    expect(password.reveal()).toBe('hunter2');
  });
});
