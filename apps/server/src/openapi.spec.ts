import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createApi } from './api.app.ts';
import { ServerConfig } from './config.ts';
import { OpenApiDocument } from './system/openapi-document.ts';

it('openapi.json is what the routes say; if not: npm run build, node apps/server/dist/openapi.js', async () => {
  const app = await createApi(ServerConfig.of({ data: '/nonexistent', redisUrl: 'unix:///nonexistent' }), {});

  const written: unknown = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'));

  expect(written).toEqual(JSON.parse(JSON.stringify(app.get(OpenApiDocument).get())));
});
