import pc from 'picocolors';

export type Colours = ReturnType<typeof pc.createColors>;

/** The colour functions, which return their text unchanged when colour is off. */
export function colours(enabled: boolean): Colours {
  return pc.createColors(enabled);
}

/** A node, run or step state in the colour operators expect of it. */
export function stateColour(c: Colours, state: string): string {
  switch (state) {
    case 'ready':
    case 'succeeded':
    case 'applied':
    case 'unchanged':
    case 'on':
      return c.green(state);
    case 'failed':
    case 'blocked':
      return c.red(state);
    case 'changed':
    case 'cancelled':
    case 'draft':
      return c.yellow(state);
    case 'discovered':
    case 'allocated':
    case 'pending':
    case 'waiting':
    case 'off':
    case 'unknown':
      return c.dim(state);
    default:
      return c.cyan(state);
  }
}
