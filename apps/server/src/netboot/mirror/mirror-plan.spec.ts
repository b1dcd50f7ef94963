import { expect, it } from 'vitest';
import { acngConfig } from './acng-config.ts';
import { mirroredUrls, nodeSources } from './mirror-plan.ts';

const sources = [
  { uri: 'http://mirror.example.test/debian/', suite: 'bookworm', components: ['main'] },
  { uri: 'http://mirror.example.test/debian', suite: 'bookworm-updates', components: ['main'] },
  { uri: 'https://secure.example.test/debian-security', suite: 'bookworm-security', components: ['main'] },
  { uri: 'file:/srv/packages', suite: './', components: [] },
];

it('serves each upstream once, over http, and nothing that is no upstream', () => {
  expect(mirroredUrls(sources)).toEqual([
    {
      name: 'source0',
      asked: 'http://mirror.example.test/debian',
      fetched: 'http://mirror.example.test/debian',
    },
    {
      name: 'source1',
      asked: 'http://secure.example.test/debian-security',
      fetched: 'https://secure.example.test/debian-security',
    },
  ]);
  expect(nodeSources(sources).map(({ uri, suite }) => `${uri} ${suite}`)).toEqual([
    'http://mirror.example.test/debian bookworm',
    'http://mirror.example.test/debian bookworm-updates',
    'http://secure.example.test/debian-security bookworm-security',
  ]);
});

const settings = {
  address: '10.78.0.1',
  port: 3142,
  cacheDir: '/data/mirror/cache',
  logDir: '/data/mirror/log',
  proxy: 'http://proxy.example.test:3128',
  upstreams: mirroredUrls(sources),
};

it('is configured to fetch nothing else', () => {
  expect(acngConfig(settings)).toContain(
    [
      'ForceManaged: 1',
      'AllowUserPorts: 0',
      'ExThreshold: 14',
      'NetworkTimeout: 60',
      'Proxy: http://proxy.example.test:3128',
      'Remap-source0: http://mirror.example.test/debian ; http://mirror.example.test/debian',
      'Remap-source1: http://secure.example.test/debian-security ; https://secure.example.test/debian-security',
      '',
    ].join('\n'),
  );
});

it('refuses settings that its configuration cannot say', () => {
  expect(() => acngConfig({ ...settings, proxy: 'http://x\nForceManaged: 0' })).toThrow(/Proxy/);
  expect(() => acngConfig({ ...settings, port: 40_000 })).toThrow(/32767/);
});
