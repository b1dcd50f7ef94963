import {
  defineBarclamp,
  eventually,
  file,
  installedPackage,
  runningService,
  type Script,
  type Step,
  sh,
} from '@halligan/sdk';
import { z } from 'zod';
import { chronyConf } from './chrony-conf.ts';

const CONF = '/etc/chrony/chrony.conf';

export default defineBarclamp({
  name: 'ntp',
  description: 'One time source for the whole deployment.',

  attributes: z.object({
    externalServers: z
      .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.:-]*$/, 'must be a host name or an address'))
      .default([])
      .describe('Upstream servers the NTP servers follow; without any, the servers keep time by themselves'),
    network: z.string().min(1).default('admin').describe('Network on which nodes reach the NTP servers'),
  }),

  roles: {
    'ntp-server': {
      description: 'Follows the external servers and answers the other nodes.',
      count: { min: 1 },
      steps: ({ attributes, node, nodesWith }) => {
        const others = nodesWith('ntp-server').filter(({ name }) => name !== node.name);
        const peers = others.map((other) => other.address(attributes.network));
        return chrony(
          chronyConf({ upstream: [...attributes.externalServers, ...peers], serves: true }),
          isInStep,
        );
      },
    },
    'ntp-client': {
      description: 'Follows the NTP servers.',
      conflicts: ['ntp-server'],
      steps: ({ attributes, nodesWith }) => {
        const servers = nodesWith('ntp-server').map((server) => server.address(attributes.network));
        return chrony(chronyConf({ upstream: servers, serves: false }), followsAServer);
      },
    },
  },

  elementOrder: [['ntp-server'], ['ntp-client']],

  smokeTest: ({ attributes, nodesWith }) =>
    nodesWith('ntp-client').flatMap((client) =>
      nodesWith('ntp-server').map((server) => ({
        name: `${client.name} gets the time from ${server.name}`,
        on: client,
        ask: sh`chronyd -Q -t 10 ${`server ${server.address(attributes.network)} iburst maxsamples 1`} >/dev/null`,
        timeoutSeconds: 30,
      })),
    ),
});

function chrony(conf: string, verify: Script): Step[] {
  return [
    installedPackage('chrony'),
    file(CONF, conf),
    runningService('chrony', { readsFrom: [CONF], verify: eventually(90, verify) }),
  ];
}

const isInStep = sh`
  chronyc -c tracking | grep -q ',Normal$' || echo 'chronyd does not hold its clock to be right'`;

const followsAServer = sh`
  chronyc -c sources | grep -q '^^,[*],' || echo 'chronyd follows none of the NTP servers'`;
