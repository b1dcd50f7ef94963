import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.ts';
import { CatalogueApiModule } from './catalogue/catalogue.api.module.ts';
import type { ServerConfig } from './config.ts';
import { EventsModule } from './events/events.module.ts';
import { IdentityModule } from './identity/identity.module.ts';
import { BootEnvsApiModule } from './netboot/boot-envs/boot-envs.api.module.ts';
import { NetworksApiModule } from './networks/networks.api.module.ts';
import { NodesApiModule } from './nodes/nodes.api.module.ts';
import { ProposalsApiModule } from './proposals/proposals.api.module.ts';
import { RunsApiModule } from './runs/runs.api.module.ts';
import { SharedModule } from './shared/shared.module.ts';
import { SystemModule } from './system/system.module.ts';

/** What the api process contains. */
@Module({})
export class ApiModule {
  static with(config: ServerConfig): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        SharedModule.with(config),
        IdentityModule,
        AuditModule,
        EventsModule,
        SystemModule,
        NetworksApiModule,
        NodesApiModule,
        BootEnvsApiModule,
        CatalogueApiModule,
        ProposalsApiModule,
        RunsApiModule,
      ],
    };
  }
}
