/** Images of operating systems and the tools that build artifacts from Debian packages. */

export {
  type AptSource,
  readAptSources,
  readDebianSources,
  renderDeb822Sources,
  renderOneLineSources,
} from './apt-sources.ts';
export { contentHash } from './artifact-cache.ts';
export { defaultCacheDir } from './config.ts';
export { ImageError, type ImageErrorCode } from './image-error.ts';
export { hostSuite, releaseName } from './package-versions.ts';
export type { BuildProgress, OnProgress } from './progress.ts';
export {
  ensureRootImage,
  ROOT_IMAGE_FILE,
  type RootFlavour,
  type RootImage,
  type RootImageOptions,
  type RootManifest,
} from './root-image.ts';
