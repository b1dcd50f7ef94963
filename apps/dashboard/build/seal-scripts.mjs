// Moves the inline scripts of the exported pages into files, so that the server can send a content
// security policy of `script-src 'self'` without a hash for every page.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const out = fileURLToPath(new URL('../out', import.meta.url));
const folder = '_next/static/inline';
// One or more inline scripts in a row: they run in order, so they may as well be one file.
const inline = /(?:<script(?:\s+(?:id="[^"]*"|data-[\w-]+(?:="[^"]*")?))*>[\s\S]*?<\/script>)+/g;
const body = /<script[^>]*>([\s\S]*?)<\/script>/g;

async function moveOut(match) {
  const code = [...match.matchAll(body)].map(([, text]) => text).join(';\n');
  const name = `${createHash('sha256').update(code).digest('hex').slice(0, 20)}.js`;
  await writeFile(join(out, folder, name), code);
  return `<script src="/${folder}/${name}"></script>`;
}

async function seal(path) {
  const html = await readFile(path, 'utf8');
  const found = [...html.matchAll(inline)];
  let sealed = '';
  let from = 0;
  for (const match of found) {
    sealed += html.slice(from, match.index) + (await moveOut(match[0]));
    from = match.index + match[0].length;
  }
  sealed += html.slice(from);
  if (/<script(?![^>]*\ssrc=)[^>]*>/.test(sealed)) throw new Error(`${path} still has an inline script`);
  await writeFile(path, sealed);
  return found.length;
}

await mkdir(join(out, folder), { recursive: true });
const pages = (await readdir(out, { recursive: true })).filter((path) => path.endsWith('.html'));
const counts = await Promise.all(pages.map((path) => seal(join(out, path))));
const total = counts.reduce((sum, count) => sum + count, 0);
process.stdout.write(
  `${pages.length} pages, ${total} groups of inline scripts moved to ${dirname(folder)}/inline\n`,
);
