import type { Command } from 'commander';
import { action, type CliEnvironment } from '../../cli.ts';
import { deleteNode, nodeAction } from './act.ts';
import { removeBmc, setBmc } from './bmc.ts';
import { showBoots } from './boots.ts';
import { showConsole } from './console.ts';
import { editNode } from './edit.ts';
import { showHistory } from './history.ts';
import { listNodes } from './list.ts';
import { showNode } from './show.ts';
import { waitForState } from './wait.ts';

const NODE = 'name or id of a node';

export function nodeCommands(program: Command, environment: CliEnvironment): void {
  const node = program.command('node').description('the machines');
  node
    .command('list')
    .description('all nodes, with their states')
    .option('--state <state>', 'only nodes in this state')
    .option('-q, --query <text>', 'part of a name, address, MAC or serial')
    .action(action(environment, listNodes));
  node.command('show').description('one node').argument('<node>', NODE).action(action(environment, showNode));
  node
    .command('edit')
    .description('change what is recorded of a node')
    .argument('<node>', NODE)
    .option('--name <name>')
    .option('--description <text>')
    .option('--boot-env <name>', 'what installs it, for example debian-12')
    .option('--install-disk <path>', 'where to install')
    .option('--console <arguments>', 'kernel arguments such as console=ttyS0,115200')
    .action(action(environment, editNode));
  nodeActions(node, environment);
  power(node, environment);
  bmc(node, environment);
  node
    .command('history')
    .description('every change of state')
    .argument('<node>', NODE)
    .action(action(environment, showHistory));
  node
    .command('boots')
    .description('boot timelines')
    .argument('<node>', NODE)
    .option('--limit <n>', 'how many boots', '1')
    .action(action(environment, showBoots));
  node
    .command('console')
    .description('console log')
    .argument('<node>', NODE)
    .option('-f, --follow', 'go on as it grows, until Ctrl-C')
    .action(action(environment, showConsole));
  node
    .command('wait')
    .description('wait until a node is in a state')
    .argument('<node>', NODE)
    .argument('<state>', 'for example ready')
    .option('--timeout <seconds>', 'then exit with 6', '1800')
    .action(action(environment, waitForState));
}

function nodeActions(node: Command, environment: CliEnvironment): void {
  for (const [verb, description] of [
    ['allocate', 'claim a discovered node'],
    ['install', 'install the operating system on it'],
    ['reinstall', 'install again, losing what is on its disk'],
    ['reset', 'forget what was installed and discover it again'],
    ['reboot', 'restart it through its operating system'],
  ] as const) {
    const command = node.command(verb).description(description).argument('<node...>', NODE);
    if (verb === 'install' || verb === 'reinstall')
      command.option('--boot-env <name>', 'for example debian-12');
    command.action(action(environment, nodeAction(verb)));
  }
  node
    .command('delete')
    .description('forget a node')
    .argument('<node...>', NODE)
    .action(action(environment, deleteNode));
}

function power(node: Command, environment: CliEnvironment): void {
  const parent = node.command('power').description('switch a node through its BMC');
  for (const verb of ['on', 'off', 'cycle'] as const) {
    parent
      .command(verb)
      .description(`power ${verb}`)
      .argument('<node...>', NODE)
      .action(action(environment, nodeAction(`power-${verb}`)));
  }
}

function bmc(node: Command, environment: CliEnvironment): void {
  const parent = node.command('bmc').description('how to reach a node’s board controller');
  parent
    .command('set')
    .description('record address and credentials')
    .argument('<node>', NODE)
    .requiredOption('--address <address>')
    .option('--port <port>', 'UDP port', '623')
    .requiredOption('--username <name>')
    .option(
      '--password-file <file>',
      'read the password from a file (- for standard input) instead of asking',
    )
    .action(action(environment, setBmc));
  parent
    .command('remove')
    .description('forget it')
    .argument('<node>', NODE)
    .action(action(environment, removeBmc));
}
