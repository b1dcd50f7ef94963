import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { contentPolicy } from './content-policy.ts';

it('allows the inline scripts that the pages have, by their hash, and no others', () => {
  const page =
    '<html><script src="/a.js" async=""></script><script>start(1)</script><script id="x">\nmore()\n</script></html>';

  const policy = contentPolicy([page]);

  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  expect(policy).toContain(hash('start(1)'));
  expect(policy).toContain(hash('\nmore()\n'));
  expect(policy.match(/sha256-/g)).toHaveLength(2);
  expect(/script-src[^;]*unsafe-inline/.test(policy)).toBe(false);
});
