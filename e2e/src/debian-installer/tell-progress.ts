import type { ConsoleLog } from '@halligan/lab';

/** How the installer's text interface shows a task and how far it is. */
const TASK = /^(\S.*\S)\s+\.\.\.\s+\d+%/;
/** How it asks; nobody is there to answer. */
const QUESTION = /^Prompt: /;
const REMEMBERED = 12;

/** Tells each task that the installer begins; `stuck` fires when it asks a question, with its words as the reason. */
export function tellProgress(
  console: Pick<ConsoleLog, 'on'>,
  say: (text: string) => void,
): { readonly stuck: AbortSignal } {
  const stuck = new AbortController();
  const lastLines: string[] = [];
  let told = '';
  console.on('line', ({ text }) => {
    lastLines.push(text);
    if (lastLines.length > REMEMBERED) lastLines.shift();
    const task = TASK.exec(text)?.[1];
    if (task !== undefined && task !== told) say(task);
    told = task ?? told;
  });
  console.on('text', (text) => {
    if (QUESTION.test(text)) stuck.abort(new Error(`the installer asks:\n${lastLines.join('\n')}`));
  });
  return { stuck: stuck.signal };
}
