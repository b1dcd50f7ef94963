import { connect } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.ts';
import { addressedNodes } from './heartbeats.repository.ts';
import { Heartbeats } from './heartbeats.ts';
import { nodeStateNames, nodeStates } from './node-state.ts';

const PARALLEL = 64;
const LIMIT_MS = 3_000;
const probed = nodeStateNames.filter((state) => nodeStates[state].heartbeat === 'ssh');

/** Listens for the greeting of the nodes' SSH servers: the sign of life of a machine without an agent. */
@Injectable()
export class SshProbe {
  readonly #database: Database;
  readonly #heartbeats: Heartbeats;

  constructor(database: Database, heartbeats: Heartbeats) {
    this.#database = database;
    this.#heartbeats = heartbeats;
  }

  /** Looks at every installed node once; answers how many greeted. */
  async sweep(): Promise<number> {
    const nodes = await addressedNodes(this.#database.db, probed);
    let alive = 0;
    const work = nodes.values();
    const look = async (): Promise<void> => {
      for (const { id, address } of work) {
        if (!(await greets(address))) continue;
        this.#heartbeats.beat(id);
        alive += 1;
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, look));
    return alive;
  }
}

/** Whether something at the address greets as an SSH server (RFC 4253 section 4.2). Nothing is sent. */
export function greets(address: string, port = 22, limit = LIMIT_MS): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (answer: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end(false), limit);
    socket.once('data', (data) => end(data.subarray(0, 4).toString('latin1') === 'SSH-'));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
