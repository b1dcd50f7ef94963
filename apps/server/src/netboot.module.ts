import { type DynamicModule, Module } from '@nestjs/common';
import type { ServerConfig } from './config.ts';
import { BootPlaneModule } from './netboot/boot-plane.module.ts';
import { SharedModule } from './shared/shared.module.ts';

/** What a netboot process contains. */
@Module({})
export class NetbootModule {
  static with(config: ServerConfig): DynamicModule {
    return { module: NetbootModule, imports: [SharedModule.with(config), BootPlaneModule] };
  }
}
