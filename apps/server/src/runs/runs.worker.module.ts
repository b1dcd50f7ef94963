import { Module } from '@nestjs/common';
import { SshModule } from '../ssh/ssh.module.ts';
import { ApplyNodeRun } from './apply-node-run.ts';
import { MakePlan } from './make-plan.ts';
import { NodeRunFinisher } from './node-run-finisher.ts';
import { NodeRunFollower } from './node-run-follower.ts';
import { NodeRunWorkReader } from './node-run-work.ts';
import { ReadyNode } from './ready-node.ts';
import { RunHandlers } from './run-handlers.ts';
import { RunSweeper } from './run-sweeper.ts';
import { RunnerClient } from './runner-client.ts';
import { RunsModule } from './runs.module.ts';

/** What a worker adds: the work on the nodes. */
@Module({
  imports: [RunsModule, SshModule],
  providers: [
    RunnerClient,
    NodeRunWorkReader,
    NodeRunFinisher,
    NodeRunFollower,
    ApplyNodeRun,
    MakePlan,
    ReadyNode,
    RunHandlers,
    RunSweeper,
  ],
})
export class RunsWorkerModule {}
