import { Body, Controller, Delete, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '../shared/actor.ts';
import { Answers } from '../shared/http/answers.ts';
import { CurrentActor } from '../shared/http/current-actor.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { BmcInput, BmcView, NodeAction, NodeActionInput, NodeDetail } from './node.dto.ts';
import { NodeEditor } from './node-editor.ts';
import { NodeOrders } from './node-orders.ts';
import { NodeScreens } from './node-screens.ts';

@ApiTags('nodes')
@Controller('nodes/:node')
export class NodeActionsController {
  readonly #orders: NodeOrders;
  readonly #editor: NodeEditor;
  readonly #screens: NodeScreens;

  constructor(orders: NodeOrders, editor: NodeEditor, screens: NodeScreens) {
    this.#orders = orders;
    this.#editor = editor;
    this.#screens = screens;
  }

  /** Asks the node for one of the actions it lists as allowed. */
  @Post('actions/:action')
  @LeastRole('operator')
  @Answers(202, NodeDetail, 'Accepted: the node as it now is')
  async act(
    @Param('node') node: string,
    @Param('action', { schema: NodeAction }) action: NodeAction,
    @Body({ schema: NodeActionInput }) input: z.infer<typeof NodeActionInput>,
    @CurrentActor() actor: Actor,
  ): Promise<NodeDetail> {
    return this.#screens.detail(await this.#orders.give(node, { action, bootEnv: input.bootEnv }, actor));
  }

  /** Says how to reach the node's board controller. The password is never shown again. */
  @Put('bmc')
  @LeastRole('operator')
  @Answers(200, BmcView)
  async saveBmc(
    @Param('node') node: string,
    @Body({ schema: BmcInput }) input: z.infer<typeof BmcInput>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof BmcView>> {
    await this.#editor.saveBmc(node, input, actor);
    const { password: _, ...view } = input;
    return view;
  }

  @Delete('bmc')
  @LeastRole('operator')
  @Answers(204)
  async removeBmc(@Param('node') node: string, @CurrentActor() actor: Actor): Promise<void> {
    await this.#editor.removeBmc(node, actor);
  }
}
