import { badRequest, notFound } from './boot-http-error.ts';

/**
 * Splits a request target into decoded segments. Empty segments vanish, so that `//loaders/x` is served as it is:
 * UEFI firmware asks that way and refuses a redirect.
 * @throws BootHttpError 400 for broken percent-encoding, 404 for dot segments and control characters
 */
export function pathSegments(target: string): string[] {
  const path = withoutOrigin(target).split(/[?#]/, 1)[0] ?? '';
  const segments = path.split('/').filter((segment) => segment !== '');
  return segments.map(decodeSegment);
}

/** The first value of a query parameter, or null. */
export function queryValue(target: string, name: string): string | null {
  const at = target.indexOf('?');
  return at < 0 ? null : new URLSearchParams(target.slice(at + 1)).get(name);
}

/** `http://host/path` (RFC 9112 §3.2.2, absolute form) means `/path`. */
function withoutOrigin(target: string): string {
  return target.replace(/^https?:\/\/[^/?#]*/i, '');
}

function decodeSegment(segment: string): string {
  const decoded = decode(segment);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (decoded === '.' || decoded === '..' || /[\u0000-\u001f\u007f/\\]/.test(decoded)) throw notFound();
  return decoded;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    throw badRequest(`broken percent-encoding in the path: ${(error as Error).message}`);
  }
}
