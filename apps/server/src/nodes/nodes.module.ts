import { Module } from '@nestjs/common';
import { HardwareModule } from '../hardware/hardware.module.ts';
import { NetworksModule } from '../networks/networks.module.ts';
import { AgentActions } from './agent-actions.ts';
import { BootTimeline } from './boot-timeline.ts';
import { ConsoleLog } from './console-log.ts';
import { FirstBoot } from './first-boot.ts';
import { Heartbeats } from './heartbeats.ts';
import { NodeBoots } from './node-boots.ts';
import { NodeInventory } from './node-inventory.ts';
import { NodeLifecycle } from './node-lifecycle.ts';
import { NodeReader } from './node-reader.ts';

const services = [
  NodeLifecycle,
  NodeReader,
  NodeBoots,
  NodeInventory,
  AgentActions,
  FirstBoot,
  BootTimeline,
  ConsoleLog,
  Heartbeats,
];

/** Nodes and their life, for every process. */
@Module({ imports: [NetworksModule, HardwareModule], providers: services, exports: services })
export class NodesModule {}
