import { EventEmitter, once } from 'node:events';
import { expect, it } from 'vitest';
import { tellProgress } from './tell-progress.ts';

function watched() {
  const console = new EventEmitter<{ line: [{ text: string }]; text: [string] }>();
  const said: string[] = [];
  const { stuck } = tellProgress(console, (text) => said.push(text), 1);
  const line = (text: string) => console.emit('line', { text });
  return { said, stuck, line };
}

it('tells each task once', () => {
  const { said, line } = watched();
  line('Detecting network hardware  ... 2%... 95%... 100%');
  line('Installing the base system  ... 3%');
  line('Installing the base system  ... 6%');
  line('something else');
  expect(said).toEqual(['Detecting network hardware', 'Installing the base system']);
});

it('gives up when the installer asks, and says what', async () => {
  const { stuck, line } = watched();
  line('Set up users and passwords');
  expect(stuck.aborted).toBe(false);
  line('--------------------------');
  line('Root password:');
  await once(stuck, 'abort');
  expect((stuck.reason as Error).message).toContain('Root password:');
});
