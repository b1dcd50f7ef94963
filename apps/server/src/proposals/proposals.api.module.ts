import { Module } from '@nestjs/common';
import { ProposalsController } from './proposals.controller.ts';
import { ProposalsModule } from './proposals.module.ts';

@Module({ imports: [ProposalsModule], controllers: [ProposalsController] })
export class ProposalsApiModule {}
