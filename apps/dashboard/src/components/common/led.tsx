import type { Tone } from '#lib/nodes/states.ts';
import classes from './led.module.css';

/** A lamp. It only repeats what the text beside it says, so it is hidden from screen readers. */
export function Led({ tone, size = 9 }: { tone: Tone; size?: number }) {
  return <span className={classes.led} data-tone={tone} style={{ width: size, height: size }} aria-hidden />;
}
