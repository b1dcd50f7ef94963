import {
  agentConsole,
  agentImage,
  agentInventory,
  agentMarks,
  nextAction,
  reportAction,
} from './agent-calls.ts';
import { agentSession } from './agent-session.ts';
import { bootFile, bootScript, installFile, loader } from './boot-fetch.ts';
import { firstBoot, installed } from './call-backs.ts';
import { answerText, type Exchange, type Handler } from './exchange.ts';

/** A path of literal segments and `:parameters`, and who answers it. GET implies HEAD. */
export interface Route {
  method: 'GET' | 'POST';
  path: string;
  handler: Handler;
}

/** The whole surface of the boot plane. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/boot/:token/ipxe', handler: bootScript },
  { method: 'GET', path: '/boot/:token/f/:name', handler: bootFile },
  { method: 'GET', path: '/boot/:token/install-file', handler: installFile },
  { method: 'GET', path: '/loaders/:name', handler: loader },
  { method: 'POST', path: '/agent/session', handler: agentSession },
  { method: 'POST', path: '/agent/inventory', handler: agentInventory },
  { method: 'GET', path: '/agent/action', handler: nextAction },
  { method: 'POST', path: '/agent/action/:id', handler: reportAction },
  { method: 'GET', path: '/agent/image/:name', handler: agentImage },
  { method: 'POST', path: '/agent/marks', handler: agentMarks },
  { method: 'POST', path: '/agent/console', handler: agentConsole },
  { method: 'POST', path: '/agent/first-boot', handler: firstBoot },
  { method: 'POST', path: '/agent/installed', handler: installed },
  { method: 'GET', path: '/health', handler: health },
];

async function health(exchange: Exchange): Promise<void> {
  answerText(exchange, 200, 'ok\n');
}
