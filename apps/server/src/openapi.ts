// Writes apps/server/openapi.json from the routes; needs no database and no Redis.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createApi } from './api.app.ts';
import { ServerConfig } from './config.ts';
import { OpenApiDocument } from './system/openapi-document.ts';

const target = fileURLToPath(new URL('../openapi.json', import.meta.url));
const app = await createApi(ServerConfig.of({ data: '/nonexistent', redisUrl: 'unix:///nonexistent' }), {});
writeFileSync(target, `${JSON.stringify(app.get(OpenApiDocument).get(), null, 2)}\n`);
process.stdout.write(`${target}\n`);
process.exit(0);
