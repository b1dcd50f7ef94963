import { diffLines } from '#lib/diff.ts';
import { ScrollRegion } from '../common/scroll-region.tsx';
import classes from './plan.module.css';

/** A unified diff, coloured by line. */
export function Diff({ diff }: { diff: string }) {
  return (
    <ScrollRegion label="Difference" className={classes.diff}>
      {diffLines(diff).map(({ kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a diff have no other identity
        <span key={index} data-kind={kind}>
          {text}
          {'\n'}
        </span>
      ))}
    </ScrollRegion>
  );
}
