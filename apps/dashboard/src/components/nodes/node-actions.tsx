'use client';

import { Button, Group, Menu } from '@mantine/core';
import { IconChevronDown, IconDots, IconPower } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { api } from '#lib/api/client.ts';
import type { NodeAction, NodeDetail } from '#lib/api/types.ts';
import { reportProblem, useChange } from '#lib/hooks/use-change.ts';
import { actionOrder, nodeActions } from '#lib/nodes/states.ts';
import { confirmChange } from '../common/confirm.tsx';

const isPower = (action: NodeAction) => action.startsWith('power-') || action === 'reboot';
const installs = (action: NodeAction) => action === 'install' || action === 'reinstall';

interface ActionItemProps {
  node: NodeDetail;
  action: NodeAction;
  ask: (action: NodeAction) => void;
}

function ActionItem({ node, action, ask }: ActionItemProps) {
  const { label, does, danger } = nodeActions[action];
  const allowed = node.actions.includes(action);
  return (
    <Menu.Item
      onClick={() => ask(action)}
      disabled={!allowed}
      title={allowed ? does : `Not possible while the node is ${node.state}`}
      {...(danger ? { color: 'red' } : {})}
    >
      {label}
    </Menu.Item>
  );
}

function useNodeAction(node: NodeDetail) {
  const act = useChange({
    run: (input: { action: NodeAction; bootEnv?: string }) =>
      api.nodes.act(node.name, input.action, input.bootEnv === undefined ? {} : { bootEnv: input.bootEnv }),
    done: (_, { action }) => `${nodeActions[action].label}: asked of ${node.name}.`,
    refresh: [['node'], ['nodes'], ['node-history']],
  });
  const ask = (action: NodeAction) => {
    const { label, does, danger } = nodeActions[action];
    if (installs(action)) {
      const question = { node, label, does, onConfirm: (bootEnv: string) => act.mutate({ action, bootEnv }) };
      import('./install-dialog.tsx').then(({ askInstall }) => askInstall(question), reportProblem);
      return;
    }
    const onConfirm = () => act.mutate({ action });
    confirmChange({ title: `${label} ${node.name}?`, children: does, confirm: label, danger, onConfirm });
  };
  return { ask, pending: act.isPending };
}

/** The likely next action as a button, the others in menus; all of them ask before they act. */
export function NodeActions({ node }: { node: NodeDetail }) {
  const router = useRouter();
  const { ask, pending } = useNodeAction(node);
  const likely: NodeAction[] = node.state === 'failed' ? ['retry', 'reinstall'] : ['install', 'allocate'];
  const main = likely.find((action) => node.actions.includes(action));
  const remove = useChange({
    run: () => api.nodes.remove(node.name),
    done: `${node.name} is deleted.`,
    refresh: [['nodes']],
    onDone: () => router.replace('/nodes/'),
  });
  const askRemove = () =>
    confirmChange({
      title: `Delete ${node.name}?`,
      children:
        'Halligan forgets the node with its history. Its disks stay as they are. If it boots from the network again, it is discovered as a new node.',
      confirm: 'Delete',
      danger: true,
      onConfirm: () => remove.mutate(),
    });
  return (
    <Group gap="xs">
      {main !== undefined && (
        <Button onClick={() => ask(main)} loading={pending}>
          {nodeActions[main].label}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconPower size={16} />}
            rightSection={<IconChevronDown size={14} />}
          >
            Power
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {actionOrder.filter(isPower).map((action) => (
            <ActionItem key={action} node={node} action={action} ask={ask} />
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label="More actions">
            <IconDots size={18} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {actionOrder
            .filter((action) => !isPower(action))
            .map((action) => (
              <ActionItem key={action} node={node} action={action} ask={ask} />
            ))}
          <Menu.Divider />
          <Menu.Item color="red" onClick={askRemove}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
