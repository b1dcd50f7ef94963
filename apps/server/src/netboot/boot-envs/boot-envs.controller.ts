import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../../shared/http/answers.ts';
import { LeastRole } from '../../shared/http/least-role.ts';
import { BootEnvPreview, BootEnvView, PreviewNode } from './boot-env.dto.ts';
import { BootEnvPreviews } from './boot-env-previews.ts';

@Controller('boot-envs')
export class BootEnvsController {
  readonly #previews: BootEnvPreviews;

  constructor(previews: BootEnvPreviews) {
    this.#previews = previews;
  }

  @Get()
  @LeastRole('viewer')
  @Answers(200, z.array(BootEnvView), 'What machines can boot')
  list(): Promise<BootEnvView[]> {
    return this.#previews.list();
  }

  @Get(':name/preview')
  @LeastRole('viewer')
  @Answers(200, BootEnvPreview, 'What the node would be given')
  preview(
    @Param('name') name: string,
    @Query('node', { schema: PreviewNode }) node: string,
  ): Promise<BootEnvPreview> {
    return this.#previews.preview(name, node);
  }
}
