import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../shared/http/answers.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { BootView, ConsolePage, StateChangeView } from './node.dto.ts';
import { NodeScreens } from './node-screens.ts';

const Boots = z.coerce.number().int().min(1).max(50).default(10);
const After = z.coerce.number().int().min(0).default(0);
const Chunks = z.coerce.number().int().min(1).max(1000).default(200);

@ApiTags('nodes')
@Controller('nodes/:node')
export class NodeRecordsController {
  readonly #screens: NodeScreens;

  constructor(screens: NodeScreens) {
    this.#screens = screens;
  }

  /** Changes of state, newest first. */
  @Get('history')
  @LeastRole('viewer')
  @Answers(200, z.array(StateChangeView))
  history(@Param('node') node: string): Promise<z.infer<typeof StateChangeView>[]> {
    return this.#screens.history(node);
  }

  /** Boots with their timelines, newest first. */
  @Get('boots')
  @LeastRole('viewer')
  @Answers(200, z.array(BootView))
  boots(
    @Param('node') node: string,
    @Query('limit', { schema: Boots }) limit: number,
  ): Promise<z.infer<typeof BootView>[]> {
    return this.#screens.boots(node, limit);
  }

  /** What kernel and agent said, from a place on. */
  @Get('console')
  @LeastRole('viewer')
  @Answers(200, ConsolePage)
  console(
    @Param('node') node: string,
    @Query('after', { schema: After }) after: number,
    @Query('limit', { schema: Chunks }) limit: number,
  ): Promise<z.infer<typeof ConsolePage>> {
    return this.#screens.console(node, after, limit);
  }
}
