import { Module } from '@nestjs/common';
import { BmcStore } from './bmc-store.ts';
import { BmcDrivers, PowerService } from './power.ts';

/** Board controllers: how to reach them, and what they can be told. */
@Module({ providers: [BmcStore, BmcDrivers, PowerService], exports: [BmcStore, PowerService, BmcDrivers] })
export class HardwareModule {}
