import { Module } from '@nestjs/common';
import { CatalogueController } from './catalogue.controller.ts';
import { CatalogueModule } from './catalogue.module.ts';

@Module({ imports: [CatalogueModule], controllers: [CatalogueController] })
export class CatalogueApiModule {}
