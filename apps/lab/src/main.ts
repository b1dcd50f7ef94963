#!/usr/bin/env node
import { removeKeptFolders, removeLeftovers } from './program/clean.ts';
import { programOptions } from './program/options.ts';
import { runLab } from './program/run-lab.ts';

const options = programOptions(process.argv.slice(2));
const say = (text: string) => process.stderr.write(`${text}\n`);

if (process.getuid?.() !== 0) {
  say('root is needed for network namespaces and virtual machines\n→ run the same command as root');
  process.exit(1);
}
for (const leftover of await removeLeftovers()) say(`removed what a lab that was killed left: ${leftover}`);
if (options.clean) {
  for (const folder of await removeKeptFolders()) say(`removed ${folder}`);
  say('nothing of earlier labs is left');
} else {
  process.exitCode = await runLab(options);
}
