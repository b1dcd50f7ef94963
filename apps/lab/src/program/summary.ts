import colours from 'picocolors';
import type { Report } from '../bring-up/report.ts';
import type { Lab } from '../lab.ts';

const COLUMNS = ['discovered', 'asked', 'installed', 'firstContact', 'ready'] as const;
const HEADINGS = ['discovered', 'asked', 'installed', 'first contact', 'ready', 'total'];
const WIDTH = 16;

/** A table of the phases with each one's share of its node's way, and what each run did. */
export function summary(report: Report): string {
  const rows = report.nodes.map(({ name, phases }) => {
    const total = phases.total ?? 0;
    const cells = COLUMNS.map((column) => cell(phases[column], total));
    return [name.padEnd(12), ...cells, `${total.toFixed(1)} s`].join('');
  });
  const runs = report.runs.map(
    ({ barclamp, outcome, changed, unchanged, seconds }) =>
      `${barclamp}  ${outcome}  ${changed} changed, ${unchanged} unchanged  ${seconds.toFixed(1)} s`,
  );
  const head = colours.dim(`${''.padEnd(12)}${HEADINGS.map((heading) => heading.padEnd(WIDTH)).join('')}`);
  return ['', head, ...rows, '', ...runs].join('\n');
}

function cell(seconds: number | undefined, total: number): string {
  if (seconds === undefined) return '–'.padEnd(WIDTH);
  const share = total > 0 ? ` ${Math.round((100 * seconds) / total)} %` : '';
  return `${seconds.toFixed(1)} s${share}`.padEnd(WIDTH);
}

/** Where the dashboard is and how to get in. */
export function invitation(lab: Lab): string {
  const { username, password } = lab.admin;
  const port = new URL(lab.url).port;
  return [
    '',
    `${colours.bold('Dashboard')}     ${colours.cyan(lab.url)}   user ${colours.bold(username)}   password ${colours.bold(password)}`,
    `              its certificate signs itself: SHA-256 ${lab.fingerprint}`,
    `              from elsewhere: ssh -L ${port}:127.0.0.1:${port} <this machine>`,
    `${colours.bold('Command line')}  npx halligan login ${lab.url}`,
    `${colours.bold('Consoles')}      ${lab.rack.folder}/<node>/console.log`,
    '',
    'Ctrl-C ends the lab and leaves nothing behind.',
  ].join('\n');
}
