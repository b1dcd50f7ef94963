/** The members of `next` that differ from `before`: what a PATCH has to say. */
export function changedMembers<T extends object>(before: T, next: T): Partial<T> {
  const pairs = (Object.keys(next) as (keyof T)[])
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(next[key]))
    .map((key) => [key, next[key]] as const);
  return Object.fromEntries(pairs) as Partial<T>;
}
