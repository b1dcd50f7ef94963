import { describe, expect, it } from 'vitest';
import { ConfigError, ServerConfig } from './config.ts';

describe('ServerConfig', () => {
  it('is SQLite in the data folder when nothing is said', () => {
    const config = ServerConfig.parse(['--data', '/srv/h'], {});

    expect(config).toMatchObject({
      dataDir: '/srv/h',
      databaseUrl: 'file:/srv/h/halligan.db',
      databaseProvider: 'sqlite',
      redisUrl: null,
      listen: { host: '0.0.0.0', port: 3000 },
      bootHttpPort: 8091,
      publicBootUrl: 'http://127.0.0.1:8091',
    });
  });

  it('takes flags before the environment', () => {
    const environment = {
      HALLIGAN_LISTEN: '127.0.0.1:1',
      HALLIGAN_LOCATION: 'rack1',
      DATABASE_URL: 'postgresql://db/h',
    };

    const config = ServerConfig.parse(['--listen', '[::1]:2'], environment);

    expect(config.listen).toEqual({ host: '::1', port: 2 });
    expect(config.location).toBe('rack1');
    expect(config.databaseProvider).toBe('postgresql');
    expect(config.publicUrl(2)).toBe('https://[::1]:2');
  });

  it.each([
    [['--listen', '3000'], {}, 'listen: ADDRESS:PORT'],
    [['--boot-http-port', 'many'], {}, 'boot-http-port'],
    [['--bogus'], {}, '--bogus'],
    [[], { DATABASE_URL: 'mysql://x' }, 'databaseUrl: file:PATH or postgresql'],
    [[], { REDIS_URL: 'localhost' }, 'redisUrl: redis://'],
    [[], { HALLIGAN_LOG_LEVEL: 'loud' }, 'logLevel'],
  ])('refuses %j %j by name', (argv, environment, message) => {
    expect(() => ServerConfig.parse(argv, environment)).toThrow(ConfigError);
    expect(() => ServerConfig.parse(argv, environment)).toThrow(message);
  });

  it('says which interface has no address', () => {
    const config = ServerConfig.parse(['--boot-interface', 'nope0'], {});

    expect(() => config.bootAddress).toThrow('boot-interface: nope0 has no IPv4 address here.');
  });
});
