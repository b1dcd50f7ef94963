import { Module } from '@nestjs/common';
import { LeasesController } from './leases.controller.ts';
import { NetworksController } from './networks.controller.ts';
import { NetworksModule } from './networks.module.ts';

@Module({ imports: [NetworksModule], controllers: [NetworksController, LeasesController] })
export class NetworksApiModule {}
