import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The Content-Security-Policy of the dashboard. Its pages carry inline scripts that differ from page to page and from
 * build to build, so they are allowed by their hashes: whatever else gets into a page does not run.
 */
export function contentPolicy(pages: string[]): string {
  const hashes = new Set(pages.flatMap(inlineScripts).map((script) => `'sha256-${sha256(script)}'`));
  return [
    "default-src 'self'",
    ["script-src 'self'", ...[...hashes].sort()].join(' '),
    // The component library sets styles at run time.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** All HTML pages below a folder, as text. */
export function readPages(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => readFileSync(join(directory, name), 'utf8'));
}

function inlineScripts(page: string): string[] {
  return [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>(.*?)<\/script>/gs)].flatMap(
    ([, text]) => text ?? [],
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
