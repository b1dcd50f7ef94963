import { type DynamicModule, Module } from '@nestjs/common';
import type { ServerConfig } from './config.ts';
import { NodesModule } from './nodes/nodes.module.ts';
import { SharedModule } from './shared/shared.module.ts';

/** What a netboot process contains. */
@Module({})
export class NetbootModule {
  static with(config: ServerConfig): DynamicModule {
    return { module: NetbootModule, imports: [SharedModule.with(config), NodesModule] };
  }
}
