import type { ProcessView } from './process.dto.ts';

/** What a process of ours tells its supervisor. */
export type ToParent =
  | { type: 'ready'; info: Record<string, string> }
  /** It could not start; `code` is the error's, for example EADDRINUSE. */
  | { type: 'failed'; code: string; message: string };

/** What the supervisor tells its processes. */
export type ToChild = { type: 'processes'; processes: ProcessView[] };
