import { type Schemas, unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import type { Colours } from '../../output/colour.ts';

const BAR = 40;

/** Boot timelines, newest first, each mark with its share of the whole. */
export async function showBoots(
  { out, connection }: CommandContext,
  node: string,
  options: { limit: string },
): Promise<void> {
  const params = { path: { node }, query: { limit: Number(options.limit) } };
  const boots = await unwrap(connection().client.GET('/api/v1/nodes/{node}/boots', { params }));
  out.answer(boots, (c) => boots.map((boot) => waterfall(c, boot)).join('\n\n') || 'No boots seen yet.');
}

export function waterfall(c: Colours, boot: Schemas['Boot']): string {
  const total = Math.max(1, ...boot.marks.map((mark) => mark.offsetMs));
  const width = Math.max(4, ...boot.marks.map((mark) => mark.name.length));
  const lines = boot.marks.map((mark, index) => {
    const next = boot.marks[index + 1];
    const length = (next?.offsetMs ?? mark.offsetMs) - mark.offsetMs;
    const start = Math.round((mark.offsetMs / total) * BAR);
    const size = Math.max(1, Math.round((length / total) * BAR));
    const share =
      next === undefined
        ? ''
        : c.dim(`${(length / 1000).toFixed(1)}s ${Math.round((length / total) * 100)}%`);
    return `${(mark.offsetMs / 1000).toFixed(1).padStart(7)}s  ${mark.name.padEnd(width)}  ${' '.repeat(start)}${c.cyan('█'.repeat(size))} ${share}`;
  });
  return [`${c.bold(boot.bootEnv)} ${c.dim(boot.startedAt)}`, ...lines].join('\n');
}
