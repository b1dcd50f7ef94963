import type { BarclampDetail } from '../src/lib/api/types.ts';

export const barclamps: BarclampDetail[] = [
  {
    name: 'ntp',
    description: 'One time source for the whole deployment.',
    requires: ['network'],
    roles: [
      {
        name: 'ntp-server',
        description: 'Follows the external servers and answers the other nodes.',
        minCount: 1,
        maxCount: null,
        conflicts: [],
        unique: false,
      },
      {
        name: 'ntp-client',
        description: 'Follows the NTP servers.',
        minCount: 0,
        maxCount: null,
        conflicts: ['ntp-server'],
        unique: false,
      },
    ],
    elementOrder: [['ntp-server'], ['ntp-client']],
    attributesSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        externalServers: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          default: [],
          description: 'Upstream servers the NTP servers follow; empty means their own clocks.',
        },
        network: {
          type: 'string',
          default: 'admin',
          description: 'Network on which clients reach the servers',
        },
        makeStep: {
          type: 'object',
          description: 'When the clock may be set at once in place of slowly.',
          properties: {
            thresholdSeconds: { type: 'number', default: 1, minimum: 0 },
            updates: { type: 'integer', default: 3, minimum: -1, maximum: 9007199254740991 },
          },
        },
        logging: {
          type: 'string',
          enum: ['quiet', 'measurements', 'everything'],
          default: 'quiet',
          description: 'How much chrony writes to its log',
        },
        hardwareTimestamps: {
          type: 'boolean',
          default: false,
          description: 'Let the network cards stamp packets, where they can.',
        },
      },
      required: ['externalServers', 'network'],
      additionalProperties: false,
    },
    defaultAttributes: {
      externalServers: [],
      network: 'admin',
      makeStep: { thresholdSeconds: 1, updates: 3 },
      logging: 'quiet',
      hardwareTimestamps: false,
    },
  },
  {
    name: 'network',
    description: 'Addresses, bonds and VLANs on every node, as the networks say.',
    requires: [],
    roles: [
      {
        name: 'network-node',
        description: 'Has its interfaces configured.',
        minCount: 0,
        maxCount: null,
        conflicts: [],
        unique: false,
      },
    ],
    elementOrder: [['network-node']],
    attributesSchema: { type: 'object', properties: {}, additionalProperties: false },
    defaultAttributes: {},
  },
];
