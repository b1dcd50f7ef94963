import { Body, Controller, Delete, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../shared/actor.ts';
import { Answers } from '../shared/http/answers.ts';
import { CurrentActor } from '../shared/http/current-actor.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { NodeChange, NodeDetail, NodePage, NodeQuery } from './node.dto.ts';
import { NodeEditor } from './node-editor.ts';
import { NodeScreens } from './node-screens.ts';
import type { NodeChanges } from './nodes.repository.ts';

const { state: StateFilter, q: TextFilter, cursor: Cursor, limit: Limit } = NodeQuery.shape;

@ApiTags('nodes')
@Controller('nodes')
export class NodesController {
  readonly #screens: NodeScreens;
  readonly #editor: NodeEditor;

  constructor(screens: NodeScreens, editor: NodeEditor) {
    this.#screens = screens;
    this.#editor = editor;
  }

  /** The fleet, by name. */
  @Get()
  @LeastRole('viewer')
  @Answers(200, NodePage)
  list(
    @Query('state', { schema: StateFilter }) state: z.infer<typeof StateFilter>,
    @Query('q', { schema: TextFilter }) q: z.infer<typeof TextFilter>,
    @Query('cursor', { schema: Cursor }) cursor: z.infer<typeof Cursor>,
    @Query('limit', { schema: Limit }) limit: z.infer<typeof Limit>,
  ): Promise<z.infer<typeof NodePage>> {
    return this.#screens.page({ state, q, cursor, limit });
  }

  @Get(':node')
  @LeastRole('viewer')
  @Answers(200, NodeDetail)
  show(@Param('node') node: string): Promise<NodeDetail> {
    return this.#screens.detail(node);
  }

  @Patch(':node')
  @LeastRole('operator')
  @Answers(200, NodeDetail)
  async change(
    @Param('node') node: string,
    @Body({ schema: NodeChange }) change: z.infer<typeof NodeChange>,
    @CurrentActor() actor: Actor,
  ): Promise<NodeDetail> {
    return this.#screens.detail(await this.#editor.change(node, given(change), actor));
  }

  /** Forgets the node and gives its addresses back. */
  @Delete(':node')
  @LeastRole('operator')
  @Answers(204)
  async remove(@Param('node') node: string, @CurrentActor() actor: Actor): Promise<void> {
    await this.#editor.remove(node, actor);
  }
}

/** Only what was given: what was not stays as it is. */
function given(change: z.infer<typeof NodeChange>): NodeChanges & { name?: string; bootEnv?: string } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
