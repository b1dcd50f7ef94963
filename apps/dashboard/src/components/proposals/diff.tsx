import { diffLines } from '#lib/diff.ts';
import classes from './plan.module.css';

/** A unified diff, coloured by line. */
export function Diff({ diff }: { diff: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <pre className={classes.diff} tabIndex={0} aria-label="Difference">
      {diffLines(diff).map(({ kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a diff have no other identity
        <span key={index} data-kind={kind}>
          {text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
