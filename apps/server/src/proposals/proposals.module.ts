import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { ProposalEditor } from './proposal-editor.ts';
import { Proposals } from './proposals.ts';

/** Proposals: desired state, saved version by version. */
@Module({
  imports: [CatalogueModule, NodesModule],
  providers: [Proposals, ProposalEditor],
  exports: [CatalogueModule, Proposals, ProposalEditor],
})
export class ProposalsModule {}
