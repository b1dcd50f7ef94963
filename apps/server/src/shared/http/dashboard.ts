import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import { contentPolicy, readPages } from './content-policy.ts';

/** Where the dashboard's build puts its static pages. */
const BUILT = fileURLToPath(new URL('../../../../dashboard/out', import.meta.url));

/** Serves the dashboard at every path but `/api`; says what to do when it has not been built. */
export function dashboard(directory: string = BUILT): RequestHandler {
  const router = Router();
  const built = existsSync(join(directory, 'index.html'));
  const policy = contentPolicy(built ? readPages(directory) : []);
  router.use((request: Request, response: Response, next: NextFunction) => {
    if (request.path === '/api' || request.path.startsWith('/api/')) next('router');
    else {
      response.setHeader('Content-Security-Policy', policy);
      next();
    }
  });
  if (!built) return router.use(notBuilt);
  return router
    .use(
      // Their names change with their content.
      '/_next/static',
      express.static(join(directory, '_next/static'), { immutable: true, maxAge: '365d' }),
    )
    .use(express.static(directory, { extensions: ['html'], maxAge: 0 }))
    .use((_: Request, response: Response) => {
      response.status(404).sendFile(join(directory, '404.html'));
    });
}

function notBuilt(_: Request, response: Response): void {
  response
    .status(503)
    .type('text/plain')
    .send(
      'The dashboard has not been built: npm run setup (or npm run build), then start the server again.\n',
    );
}
