import type { EventEmitter } from 'node:events';

/** How the installer's text interface shows a task and how far it is. */
const TASK = /^(\S.*\S)\s+\.\.\.\s+\d+%/;
/** How it begins to ask or to complain: a title underlined. Nobody is there to answer. */
const QUESTION = /^(-{5,}$|!! ERROR: )/;
/** The words of a question come one line at a time. */
const WORDS_WITHIN_MS = 3000;
const REMEMBERED = 20;

/** As the lab's: whole lines, and what stands on the one that has not ended. */
type Console = Pick<EventEmitter<{ line: [{ text: string }]; text: [string] }>, 'on'>;

/** Tells each task that the installer begins; `stuck` fires when it asks, with its words as the reason. */
export function tellProgress(
  console: Console,
  say: (text: string) => void,
  wordsWithinMs = WORDS_WITHIN_MS,
): { readonly stuck: AbortSignal } {
  const stuck = new AbortController();
  const lastLines: string[] = [];
  let told = '';
  const giveUp = () => stuck.abort(new Error(`the installer asks:\n${lastLines.join('\n')}`));
  const look = (text: string) => {
    const task = TASK.exec(text)?.[1];
    if (task !== undefined && task !== told) say(task);
    told = task ?? told;
  };
  console.on('text', look);
  console.on('line', ({ text }) => {
    lastLines.push(text);
    if (lastLines.length > REMEMBERED) lastLines.shift();
    look(text);
    if (QUESTION.test(text)) setTimeout(giveUp, wordsWithinMs);
  });
  return { stuck: stuck.signal };
}
