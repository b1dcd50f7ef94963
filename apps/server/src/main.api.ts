import { createApi } from './api.app.ts';
import { runProcess } from './shared/process/run-process.ts';
import { readSecret } from './shared/secrets.ts';

await runProcess('api', async (config, log) => {
  const tls = { key: readSecret(config, 'tls.key'), cert: readSecret(config, 'tls.crt') };
  const app = await createApi(config, { tls, log });
  await app.listen(config.listen.port, config.listen.host);
  return { info: { url: (await app.getUrl()).replace('[::1]', 'localhost') }, stop: () => app.close() };
});
