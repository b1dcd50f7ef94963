import type { Command } from 'commander';
import { action, type CliEnvironment } from '../../cli.ts';
import { commitProposal } from './commit.ts';
import { createProposal } from './create.ts';
import { editProposal } from './edit.ts';
import { listProposals } from './list.ts';
import { planProposal } from './plan.ts';
import { deleteProposal, showRevisions } from './revisions.ts';
import { showProposal } from './show.ts';
import { validateProposal } from './validate.ts';

export function proposalCommands(program: Command, environment: CliEnvironment): void {
  const proposal = program.command('proposal').description('desired state of barclamps');
  proposal.command('list').description('all proposals').action(action(environment, listProposals));
  withInput(named(proposal.command('create').description('start a proposal'))).action(
    action(environment, createProposal),
  );
  withInput(
    named(proposal.command('edit').description('change the draft, in $EDITOR when no option is given')),
  ).action(action(environment, editProposal));
  named(proposal.command('show').description('draft, applied revision, problems')).action(
    action(environment, showProposal),
  );
  named(proposal.command('validate').description('list everything wrong with the draft')).action(
    action(environment, validateProposal),
  );
  named(proposal.command('plan').description('what would change where, from checks on the nodes'))
    .option('--diff', 'show file differences')
    .action(action(environment, planProposal));
  named(proposal.command('commit').description('apply the draft'))
    .option('--plan <hash>', 'refuse when this plan has gone stale')
    .option('-f, --follow', 'stay until the run has ended')
    .option('--timeout <seconds>', 'with --follow, then exit with 6', '3600')
    .action(action(environment, commitProposal));
  named(proposal.command('revisions').description('every saved revision')).action(
    action(environment, showRevisions),
  );
  named(proposal.command('delete').description('forget a proposal')).action(
    action(environment, deleteProposal),
  );
}

function named(command: Command): Command {
  return command
    .argument('<barclamp>', 'name of a barclamp')
    .argument('[name]', 'name of the proposal', 'default');
}

function withInput(command: Command): Command {
  return command
    .option('--file <file>', 'attributes and elements as YAML or JSON (- for standard input)')
    .option('--set <path=value...>', 'one attribute, for example --set externalServers=\'["10.0.0.1"]\'')
    .option('--assign <role=node,node...>', 'who plays a role, for example --assign ntp-server=node1');
}
