import { Module } from '@nestjs/common';
import { HardwareModule } from '../hardware/hardware.module.ts';
import { NetworksModule } from '../networks/networks.module.ts';
import { NodeActionsController } from './node-actions.controller.ts';
import { NodeEditor } from './node-editor.ts';
import { NodeOrders } from './node-orders.ts';
import { NodeRecordsController } from './node-records.controller.ts';
import { NodeScreens } from './node-screens.ts';
import { NodesController } from './nodes.controller.ts';
import { NodesModule } from './nodes.module.ts';

/** What people see of nodes and ask of them. */
@Module({
  imports: [NodesModule, HardwareModule, NetworksModule],
  controllers: [NodesController, NodeActionsController, NodeRecordsController],
  providers: [NodeScreens, NodeOrders, NodeEditor],
})
export class NodesApiModule {}
