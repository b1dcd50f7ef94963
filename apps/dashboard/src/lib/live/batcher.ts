/** Gathers items and hands them over together, at most once per `waitMs`. */
export function createBatcher<T>(
  flush: (items: T[]) => void,
  waitMs: number,
): { add: (item: T) => void; stop: () => void } {
  let items: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    timer = undefined;
    const batch = items;
    items = [];
    flush(batch);
  };
  return {
    add: (item) => {
      items.push(item);
      timer ??= setTimeout(run, waitMs);
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      items = [];
    },
  };
}
