/** Where built artifacts are kept: HALLIGAN_CACHE, or /var/cache/halligan. */
export function defaultCacheDir(): string {
  return process.env.HALLIGAN_CACHE || '/var/cache/halligan';
}
