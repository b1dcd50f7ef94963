import { Module } from '@nestjs/common';
import { barclamps } from './barclamps.ts';
import { Catalogue } from './catalogue.ts';

/** The barclamps, checked when the process starts: a bad one keeps it from starting. */
@Module({
  providers: [{ provide: Catalogue, useFactory: () => new Catalogue(barclamps) }],
  exports: [Catalogue],
})
export class CatalogueModule {}
