export type * from './boot-env.ts';
export { EncodingError } from './encoders/encoding-error.ts';
export { shellWord } from './encoders/shell.ts';
export { waitingScript } from './ipxe-script.ts';
export { firstBootFiles, firstBootUnit } from './post-install/first-boot-files.ts';
export { bootEnvs, findBootEnv } from './registry.ts';
