import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../shared/http/answers.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { OpenApiDocument } from './openapi-document.ts';
import { Health, SystemView } from './system.dto.ts';
import { SystemService } from './system.service.ts';

@ApiTags('system')
@Controller()
export class SystemController {
  readonly #system: SystemService;
  readonly #document: OpenApiDocument;

  constructor(system: SystemService, document: OpenApiDocument) {
    this.#system = system;
    this.#document = document;
  }

  /** For load balancers and scripts: the api answers. */
  @Get('health')
  @LeastRole('public')
  @Answers(200, Health)
  health(): z.infer<typeof Health> {
    return { status: 'ok' };
  }

  /** What runs here, and how much room is left. */
  @Get('system')
  @LeastRole('viewer')
  @Answers(200, SystemView)
  system(): Promise<SystemView> {
    return this.#system.view();
  }

  /** This interface as OpenAPI. */
  @Get('openapi.json')
  @LeastRole('viewer')
  @Answers(200, z.record(z.string(), z.unknown()), 'OpenAPI 3')
  openapi(): Record<string, unknown> {
    return this.#document.get();
  }
}
