import { Module } from '@nestjs/common';
import { OpenApiDocument } from './openapi-document.ts';
import { ProcessBoard } from './process-board.ts';
import { StorageWatch } from './storage-watch.ts';
import { SystemController } from './system.controller.ts';
import { SystemRepository } from './system.repository.ts';
import { SystemService } from './system.service.ts';

@Module({
  controllers: [SystemController],
  providers: [OpenApiDocument, ProcessBoard, StorageWatch, SystemRepository, SystemService],
  exports: [OpenApiDocument, StorageWatch],
})
export class SystemModule {}
