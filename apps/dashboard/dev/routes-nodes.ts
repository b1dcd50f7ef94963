import type * as t from '../src/lib/api/types.ts';
import { isNodeState } from '../src/lib/nodes/states.ts';
import { type Call, Refusal, type Router, text } from './router.ts';
import { install } from './simulate.ts';
import { allowed, type FakeNode, now, type World } from './world.ts';

function detail({ history: _h, boots: _b, console: _c, ...node }: FakeNode): t.NodeDetail {
  return { ...node, actions: allowed(node) };
}

function matches(node: FakeNode, state: string | null, q: string): boolean {
  if (isNodeState(state) && node.state !== state) return false;
  const places = [node.name, node.address ?? '', node.serial ?? '', ...node.macs];
  return q === '' || places.some((place) => place.toLowerCase().includes(q.toLowerCase()));
}

function list(world: World, { query }: Call): t.NodePage {
  const limit = Number(query.get('limit') ?? 100);
  const from = Number(query.get('cursor') ?? 0);
  const found = [...world.nodes.values()]
    .filter((node) => matches(node, query.get('state'), query.get('q') ?? ''))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const counts: Record<string, number> = {};
  for (const node of world.nodes.values()) counts[node.state] = (counts[node.state] ?? 0) + 1;
  return {
    items: found.slice(from, from + limit).map(detail),
    nextCursor: from + limit < found.length ? String(from + limit) : null,
    counts,
  };
}

function act(world: World, { path, body, user }: Call): t.NodeDetail {
  const node = world.node(path.node ?? '');
  const action = path.action as t.NodeAction;
  const actor = user?.username ?? '';
  if (!allowed(node).includes(action)) {
    throw new Refusal(
      409,
      'node.action_not_allowed',
      `${node.name} is ${node.state}: ${action} is not possible now.`,
      {
        remedy: `Possible now: ${allowed(node).join(', ') || 'nothing'}.`,
      },
    );
  }
  world.note(actor, `node.${action}`, 'node', node.name);
  if (action === 'allocate')
    world.move(node, 'allocated', 'allocate', `Set aside by ${actor}.`, { nextAction: 'Install it.' }, actor);
  if (action === 'install' || action === 'reinstall')
    void install(world, node, text(body.bootEnv) || 'debian-12', action, actor);
  if (action === 'reset') world.move(node, 'discovering', 'reset', `Reset by ${actor}.`, {}, actor);
  if (action.startsWith('power')) {
    node.powerState = action === 'power-off' ? 'off' : 'on';
    world.tell('node.updated', node.id);
  }
  return detail(node);
}

function change(world: World, { path, body, user }: Call): t.NodeDetail {
  const node = world.node(path.node ?? '');
  const taken = [...world.nodes.values()].some((other) => other !== node && other.name === body.name);
  if (taken) {
    const issue = {
      path: 'name',
      code: 'node.name_taken',
      message: `Another node is called ${text(body.name)}.`,
      remedy: 'Choose another name.',
    };
    throw new Refusal(422, 'node.invalid', 'The change has problems.', { issues: [issue] });
  }
  Object.assign(node, body, { version: node.version + 1 });
  world.note(user?.username ?? '', 'node.change', 'node', node.name);
  world.tell('node.updated', node.id);
  return detail(node);
}

function page(world: World, { path, query }: Call): t.ConsolePage {
  const node = world.node(path.node ?? '');
  const after = Number(query.get('after') ?? 0);
  const chunks = node.console.filter(({ id }) => id > after).slice(0, Number(query.get('limit') ?? 200));
  return { chunks, nextAfter: chunks.at(-1)?.id ?? after };
}

export function nodeRoutes(router: Router, world: World): void {
  router.on('GET', '/nodes', 'viewer', (call) => list(world, call));
  router.on('GET', '/nodes/:node', 'viewer', ({ path }) => detail(world.node(path.node ?? '')));
  router.on('PATCH', '/nodes/:node', 'operator', (call) => change(world, call));
  router.on('DELETE', '/nodes/:node', 'operator', ({ path }) => {
    const node = world.node(path.node ?? '');
    world.nodes.delete(node.id);
    world.tell('node.deleted', node.id, { name: node.name });
  });
  router.on('POST', '/nodes/:node/actions/:action', 'operator', (call) => act(world, call));
  router.on('GET', '/nodes/:node/history', 'viewer', ({ path }) => world.node(path.node ?? '').history);
  router.on('GET', '/nodes/:node/boots', 'viewer', ({ path }) =>
    world.node(path.node ?? '').boots.slice(0, 10),
  );
  router.on('GET', '/nodes/:node/console', 'viewer', (call) => page(world, call));
  router.on('PUT', '/nodes/:node/bmc', 'operator', ({ path, body }) => {
    const node = world.node(path.node ?? '');
    node.bmc = {
      driver: 'ipmi',
      address: text(body.address),
      port: Number(body.port),
      username: text(body.username),
    };
    world.tell('node.updated', node.id);
    return node.bmc;
  });
  router.on('DELETE', '/nodes/:node/bmc', 'operator', ({ path }) => {
    const node = world.node(path.node ?? '');
    node.bmc = null;
    world.tell('node.updated', node.id);
  });
}

const script = `#!ipxe
set base http://10.78.0.1:8091/boot/•••
kernel \${base}/f/vmlinuz halligan.url=http://10.78.0.1:8091 halligan.token=••• BOOTIF=01-\${net0/mac:hexhyp} console=ttyS0,115200 || goto retry
initrd \${base}/f/initrd.img || goto retry
boot || goto retry
:retry
sleep 5
chain \${base}/ipxe || reboot
`;

/** Networks, leases and boot envs. */
export function bootPlaneRoutes(router: Router, world: World): void {
  const networks: t.Network[] = [
    {
      name: 'admin',
      cidr: '10.78.0.0/16',
      gateway: '10.78.0.1',
      dns: ['10.78.0.1'],
      ranges: [
        { purpose: 'admin', first: '10.78.0.1', last: '10.78.0.9' },
        { purpose: 'host', first: '10.78.0.20', last: '10.78.0.119' },
        { purpose: 'dhcp', first: '10.78.0.120', last: '10.78.0.199' },
      ],
    },
  ];
  router.on('GET', '/networks', 'viewer', () => networks);
  router.on('PUT', '/networks/:name', 'admin', ({ path, body }) => {
    const index = networks.findIndex(({ name }) => name === path.name);
    const network = { ...(body as unknown as t.NetworkInput), name: path.name ?? '' };
    networks.splice(index === -1 ? networks.length : index, index === -1 ? 0 : 1, network);
    return network;
  });
  router.on('GET', '/leases', 'viewer', () =>
    [...world.nodes.values()].slice(0, 40).map((node) => ({
      mac: node.macs[0] ?? '',
      address: node.address ?? '',
      network: 'admin',
      hostname: node.name,
      expiresAt: new Date(Date.parse(now()) + 3_000_000).toISOString(),
      node: node.name,
    })),
  );
  const envs: t.BootEnv[] = [
    {
      name: 'discovery',
      kind: 'discovery',
      platform: null,
      problem: null,
      description: 'Finds out what the node is and waits for orders.',
    },
    {
      name: 'debian-12',
      kind: 'image',
      platform: 'debian-12',
      problem: null,
      description: 'Debian 12 written as an image: fast.',
    },
    {
      name: 'debian-12-installer',
      kind: 'installer',
      platform: 'debian-12',
      problem: null,
      description: 'Debian 12 through its own installer and a preseed file.',
    },
    {
      name: 'local',
      kind: 'local',
      platform: null,
      problem: null,
      description: 'Boots what is on the disk.',
    },
  ];
  router.on('GET', '/boot-envs', 'viewer', () => envs);
  router.on('GET', '/boot-envs/:name/preview', 'viewer', ({ path, query }) => ({
    script: `# for ${query.get('node')}\n${script}`,
    installFile:
      path.name === 'debian-12-installer'
        ? 'd-i debian-installer/locale string en_US.UTF-8\nd-i netcfg/get_hostname string node\nd-i passwd/root-login boolean false\n'
        : null,
  }));
}
