import { NestFactory } from '@nestjs/core';
import { NetbootModule } from '../netboot.module.ts';
import { NestLog } from '../shared/log.ts';
import { runProcess } from '../shared/process/run-process.ts';

await runProcess('netboot', async (config, log) => {
  const app = await NestFactory.createApplicationContext(NetbootModule.with(config), {
    logger: new NestLog(log),
    abortOnError: false,
  });
  return { info: { bootHttp: config.publicBootUrl }, stop: () => app.close() };
});
