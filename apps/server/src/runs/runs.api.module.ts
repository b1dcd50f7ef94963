import { Module } from '@nestjs/common';
import { CommitsController } from './commits.controller.ts';
import { RunsController } from './runs.controller.ts';
import { RunsModule } from './runs.module.ts';

@Module({ imports: [RunsModule], controllers: [RunsController, CommitsController] })
export class RunsApiModule {}
