import { realpath } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { BootHttpError, notFound } from './http/boot-http-error.ts';
import { FileCache, type ServedFile } from './http/file-cache.ts';
import { answerError, boundedServer, type Listening, type ListenOptions, listen } from './http/listen.ts';
import { pathSegments } from './http/request-path.ts';
import { sendFile } from './http/send-file.ts';

export interface DirectoryServerOptions extends ListenOptions {
  /** Files under here are served to anybody; links that lead out are not followed. Null: loaders only. */
  root: string | null;
  /** Absolute path of `/loaders/<name>`, or null. */
  loader?: (name: string) => string | null;
  /** Called with what went wrong inside. */
  onFault?: (error: unknown) => void;
}

/** Boot HTTP without sessions: a directory and the loaders, for `netboot --standalone`, trials and rescue. */
export async function startDirectoryServer(options: DirectoryServerOptions): Promise<Listening> {
  const files = new FileCache();
  const root = options.root === null ? null : await realpath(options.root);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw notAllowed();
      const path = await findPath(root, options, pathSegments(request.url ?? '/'));
      await sendFound(request, response, path ? await files.find(path) : null);
    } catch (error) {
      if (!(error instanceof BootHttpError)) options.onFault?.(error);
      answerError(response, error instanceof BootHttpError ? error : failed());
    }
  };
  return listen(
    boundedServer(serve, () => {}, options.maxConnections),
    options,
  );
}

async function sendFound(
  request: IncomingMessage,
  response: ServerResponse,
  file: ServedFile | null,
): Promise<void> {
  if (!file) throw notFound();
  await sendFile(request, response, file);
}

async function findPath(
  root: string | null,
  options: DirectoryServerOptions,
  segments: string[],
): Promise<string | null> {
  const [first, name] = segments;
  const loader =
    first === 'loaders' && name !== undefined && segments.length === 2 ? options.loader?.(name) : null;
  return loader ?? (root === null ? null : confined(root, segments));
}

/** The real path of a file under `root`, or null when it is not there or a link leads out. */
async function confined(root: string, segments: readonly string[]): Promise<string | null> {
  try {
    const path = await realpath(join(root, ...segments));
    return path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG') return null;
    throw error;
  }
}

const notAllowed = () => new BootHttpError(405, 'boot.method_not_allowed', 'not with this method');
const failed = () => new BootHttpError(500, 'boot.failed', 'this server failed; try again');
