import { quote } from '../shell/quote.ts';

const SHOWN = '•••';

/**
 * The texts to hide so that none of the secrets is seen: each line of each secret as it stands, and as it looks
 * in base64, in JSON, in a URL and quoted for a shell. Longest first, so that a part never spoils the whole.
 */
export function maskPatterns(secrets: readonly string[]): string[] {
  const patterns = new Set(
    secrets.flatMap((secret) => [...forms(secret), ...secret.split('\n').flatMap(forms)]),
  );
  return [...patterns]
    .filter((pattern) => pattern.trim() !== '' && !/[\n\0]/.test(pattern))
    .sort((left, right) => right.length - left.length || (left < right ? -1 : 1));
}

function forms(text: string): string[] {
  if (text === '') return [];
  return [
    text,
    text.trim(),
    Buffer.from(text).toString('base64'),
    Buffer.from(`${text}\n`).toString('base64'),
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    quote(text),
  ];
}

/** The text with every pattern replaced by dots. */
export function mask(text: string, patterns: readonly string[]): string {
  return patterns.reduce((masked, pattern) => masked.replaceAll(pattern, SHOWN), text);
}
