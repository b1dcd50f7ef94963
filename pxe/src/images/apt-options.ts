import { runCommand } from './run-command.ts';

/** How the admin machine itself reaches its sources; a build that ignored these would fail where apt works. */
const KEPT = /^Acquire::(?:(?:https?::)?(?:Proxy|Check-Valid-Until|Check-Date|Retries)\b[^ ]*) ".+";$/i;

/** mmdebstrap arguments: no recommends, no translations, and the admin machine's proxies and clock tolerance. */
export async function aptOptions(): Promise<string[]> {
  const settings = (await runCommand('apt-config', ['dump'])).split('\n').filter((line) => KEPT.test(line));
  return ['APT::Install-Recommends "false";', 'Acquire::Languages "none";', ...settings].map(
    (setting) => `--aptopt=${setting.replace(/;$/, '')}`,
  );
}
