/** Boot loaders: the first programs a machine's firmware fetches. */

export { ensureLocalGrub, type LoaderOptions } from './local-grub.ts';
export { locateLoaders } from './locate-loaders.ts';
