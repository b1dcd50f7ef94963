/** Where in shell text a position lies: between words, in a comment, or inside one of the two kinds of quote. */
export type QuotingState = 'plain' | 'single' | 'double' | 'comment';

/**
 * The state after reading `text` in `state`. It knows quotes, backslashes and comments; command substitution
 * within double quotes counts as quoted, because an author cannot tell either without counting.
 */
export function quotingAfter(text: string, state: QuotingState): QuotingState {
  let now = state;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '\\' && (now === 'plain' || now === 'double')) index += 1;
    else now = next(now, character, index === 0 ? '' : (text[index - 1] ?? ''));
  }
  return now;
}

function next(state: QuotingState, character: string, before: string): QuotingState {
  if (state === 'comment') return character === '\n' ? 'plain' : 'comment';
  if (state === 'single') return character === "'" ? 'plain' : 'single';
  if (state === 'double') return character === '"' ? 'plain' : 'double';
  if (character === "'") return 'single';
  if (character === '"') return 'double';
  return character === '#' && (before === '' || /[\s;&|(]/.test(before)) ? 'comment' : 'plain';
}
