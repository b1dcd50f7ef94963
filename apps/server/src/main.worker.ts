import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { requireTables } from './shared/database/require-tables.ts';
import { NestLog } from './shared/log.ts';
import { runProcess } from './shared/process/run-process.ts';
import { WorkerModule } from './worker.module.ts';

await runProcess('worker', async (config, log) => {
  await requireTables(config);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(config), {
    logger: new NestLog(log),
    abortOnError: false,
  });
  return { info: {}, stop: () => app.close() };
});
