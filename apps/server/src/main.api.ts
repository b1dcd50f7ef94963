import { createApi } from './api.app.ts';
import { requireTables } from './shared/database/require-tables.ts';
import { runProcess } from './shared/process/run-process.ts';
import { readSecret } from './shared/secrets.ts';

await runProcess('api', async (config, log) => {
  await requireTables(config);
  const tls = { key: readSecret(config, 'tls.key'), cert: readSecret(config, 'tls.crt') };
  const app = await createApi(config, { tls, log });
  await app.listen(config.listen.port, config.listen.host);
  const { port } = app.getHttpServer().address() as { port: number };
  return { info: { url: config.publicUrl(port) }, stop: () => app.close() };
});
