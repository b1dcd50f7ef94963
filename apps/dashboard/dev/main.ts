import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { startFake } from './server.ts';
import { appear } from './simulate.ts';

const { env } = process;
const password = env.FAKE_PASSWORD ?? randomBytes(9).toString('base64url');
const fake = await startFake({
  port: Number(env.FAKE_PORT ?? 3999),
  out: env.FAKE_OUT ?? fileURLToPath(new URL('../../out', import.meta.url)),
  password,
  speed: Number(env.FAKE_SPEED ?? 1),
  extraNodes: Number(env.FAKE_NODES ?? 0),
});
process.stdout.write(`A FAKE Halligan, for development: ${fake.url}, user admin, password ${password}\n`);

/** A new machine every minute or so keeps the pages moving. */
async function keepMoving(): Promise<void> {
  for (let serial = 60; serial < 90; serial += 1) {
    await appear(fake.world, `d52-54-00-00-00-${serial.toString(16)}`, serial);
    await fake.world.pause(60_000);
  }
}

if (env.FAKE_STILL === undefined) void keepMoving();
