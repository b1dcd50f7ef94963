export type * from './boot-env.ts';
export { EncodingError } from './encoders/encoding-error.ts';
export { shellWord } from './encoders/shell.ts';
export { bootEnvs, findBootEnv } from './registry.ts';
