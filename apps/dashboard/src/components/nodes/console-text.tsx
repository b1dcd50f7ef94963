'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import classes from './console-text.module.css';

const lineHeight = 18;

interface ConsoleTextProps {
  lines: readonly string[];
  wrap: boolean;
  /** Keep the newest line in sight, unless the reader scrolled up. */
  follow: boolean;
}

/** A long text of which only the lines in sight exist in the page. */
export function ConsoleText({ lines, wrap, follow }: ConsoleTextProps) {
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });

  useEffect(() => {
    if (follow && atEnd && lines.length > 0) virtualizer.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [follow, atEnd, lines.length, virtualizer]);

  const onScroll = () => {
    const element = box.current;
    if (element !== null) {
      setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < 2 * lineHeight);
    }
  };

  return (
    <div
      ref={box}
      className={classes.box}
      onScroll={onScroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard could not scroll the log
      tabIndex={0}
      role="log"
      aria-label="Console log"
    >
      {lines.length === 0 && <div className={classes.none}>Nothing was written yet.</div>}
      <div className={classes.canvas} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className={classes.line}
            data-wrap={wrap || undefined}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {lines[item.index] || '\u00a0'}
          </div>
        ))}
      </div>
    </div>
  );
}
