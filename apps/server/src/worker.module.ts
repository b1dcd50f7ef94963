import { type DynamicModule, Module } from '@nestjs/common';
import type { ServerConfig } from './config.ts';
import { NodesWorkerModule } from './nodes/nodes.worker.module.ts';
import { RunsWorkerModule } from './runs/runs.worker.module.ts';
import { OutboxWorkerModule, SharedModule } from './shared/shared.module.ts';

/** What a worker process contains. */
@Module({})
export class WorkerModule {
  static with(config: ServerConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [SharedModule.with(config), OutboxWorkerModule, NodesWorkerModule, RunsWorkerModule],
    };
  }
}
