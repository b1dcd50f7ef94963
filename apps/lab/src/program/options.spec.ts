import { afterEach, describe, expect, it, vi } from 'vitest';
import { programOptions } from './options.ts';

describe('programOptions', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('asks for two nodes and the usual port when nothing is said', () => {
    expect(programOptions([])).toEqual({
      nodes: 2,
      once: false,
      json: false,
      keep: false,
      clean: false,
      port: 3000,
      memory: 768,
    });
  });

  it('takes what scripts give', () => {
    expect(programOptions(['--once', '--json', '--nodes', '4'])).toMatchObject({
      once: true,
      json: true,
      nodes: 4,
    });
  });

  it.each([[['--nodes', '0']], [['--port', 'x']], [['--frobnicate']], [['--nodes']]])(
    'refuses %j with 2',
    (argv) => {
      const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
        throw new Error(`exit ${code}`);
      });
      vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      expect(() => programOptions(argv)).toThrow('exit 2');
      expect(exit).toHaveBeenCalledWith(2);
    },
  );
});
