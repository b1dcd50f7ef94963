import { Module } from '@nestjs/common';
import { HardwareModule } from '../hardware/hardware.module.ts';
import { SshModule } from '../ssh/ssh.module.ts';
import { NodeDeadlines } from './node-deadlines.ts';
import { NodeLiveness } from './node-liveness.ts';
import { NodeMishaps } from './node-mishaps.ts';
import { NodePower } from './node-power.ts';
import { NodeSweepsProcessor } from './node-sweeps.processor.ts';
import { NodesModule } from './nodes.module.ts';
import { RebootOverSsh } from './reboot-over-ssh.ts';
import { SshProbe } from './ssh-probe.ts';

/** What the worker does for nodes: power, reboots, deadlines, and looking who is alive. */
@Module({
  imports: [NodesModule, HardwareModule, SshModule],
  providers: [
    NodeDeadlines,
    NodeLiveness,
    NodeMishaps,
    NodePower,
    NodeSweepsProcessor,
    RebootOverSsh,
    SshProbe,
  ],
})
export class NodesWorkerModule {}
