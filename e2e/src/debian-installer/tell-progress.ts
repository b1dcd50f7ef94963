import type { EventEmitter } from 'node:events';

/** How the installer's text interface shows a task and how far it is. */
const TASK = /^(\S.*\S)\s+\.\.\.\s+\d+%/;
/** How it asks; nobody is there to answer. */
const QUESTION = /^(Prompt: |\[Press enter to continue\])/;
const REMEMBERED = 12;

/** As the lab's: whole lines, and what stands on the one that has not ended. */
type Console = Pick<EventEmitter<{ line: [{ text: string }]; text: [string] }>, 'on'>;

/** Tells each task that the installer begins; `stuck` fires when it asks a question, with its words as the reason. */
export function tellProgress(console: Console, say: (text: string) => void): { readonly stuck: AbortSignal } {
  const stuck = new AbortController();
  const lastLines: string[] = [];
  let told = '';
  const look = (text: string) => {
    const task = TASK.exec(text)?.[1];
    if (task !== undefined && task !== told) say(task);
    told = task ?? told;
    if (QUESTION.test(text)) stuck.abort(new Error(`the installer asks:\n${lastLines.join('\n')}`));
  };
  console.on('line', ({ text }) => {
    lastLines.push(text);
    if (lastLines.length > REMEMBERED) lastLines.shift();
    look(text);
  });
  console.on('text', look);
  return { stuck: stuck.signal };
}
