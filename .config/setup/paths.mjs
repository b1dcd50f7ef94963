import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's own folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where stamps of finished work live; gone with node_modules, so a fresh install does the work again. */
export const stamps = join(root, 'node_modules/.cache/halligan');

/** Things that are slow to make and hold for every clone on this machine. */
export const cache = process.env.HALLIGAN_CACHE ?? '/var/cache/halligan';
