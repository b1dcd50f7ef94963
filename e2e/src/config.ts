/** Where artifacts that take long to build are kept, as the server keeps its own. */
export function cacheDir(): string {
  return process.env['HALLIGAN_CACHE'] || '/var/cache/halligan';
}
