import { describe, expect, it } from 'vitest';
import { hasVirtualisation } from './acceleration.ts';

describe('hasVirtualisation', () => {
  it.each([
    ['Intel', 'flags\t\t: fpu vme vmx sse2\n', true],
    ['AMD', 'processor: 0\nflags\t\t: fpu svm sse2\n', true],
    ['a guest without nesting', 'flags\t\t: fpu vme sse2 hypervisor\n', false],
    ['a flag of another name', 'flags\t\t: fpu vmxfoo\nbugs\t\t: svm\n', false],
  ])('%s', (_name, cpuinfo, expected) => {
    expect(hasVirtualisation(cpuinfo)).toBe(expected);
  });
});
