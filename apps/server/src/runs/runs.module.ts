import { Module } from '@nestjs/common';
import { NodesModule } from '../nodes/nodes.module.ts';
import { ProposalsModule } from '../proposals/proposals.module.ts';
import { Committer } from './committer.ts';
import { Planner } from './planner.ts';
import { RunControl } from './run-control.ts';
import { RunProgress } from './run-progress.ts';
import { RunViews } from './run-views.ts';

const SERVICES = [RunProgress, Committer, Planner, RunControl, RunViews];

/** Commits and their runs, as far as the database goes; no SSH in here. */
@Module({
  imports: [NodesModule, ProposalsModule],
  providers: SERVICES,
  exports: [NodesModule, ProposalsModule, ...SERVICES],
})
export class RunsModule {}
