import { describe, expect, it } from 'vitest';
import { barclampDetail } from './barclamp-view.ts';
import { barclamps } from './barclamps.ts';
import { Catalogue, CatalogueError } from './catalogue.ts';

describe('Catalogue', () => {
  it('holds the barclamps of this server', () => {
    const catalogue = new Catalogue(barclamps);

    expect(catalogue.find('ntp')?.name).toBe('ntp');
    expect(catalogue.find('constructor')).toBeUndefined();
  });

  it('refuses bad barclamps, and says all that is wrong', () => {
    const bad = barclamps.map((barclamp) => ({ ...barclamp, requires: ['nothing'], elementOrder: [] }));

    const build = () => new Catalogue(bad);

    expect(build).toThrow(CatalogueError);
    expect(build).toThrow(/requires unknown "nothing".*role "ntp-server" must stand exactly once/s);
  });
});

describe('barclampDetail', () => {
  it('describes attributes as an operator may write them, and their defaults', () => {
    const [ntp] = barclamps;
    if (!ntp) throw new Error('There is no barclamp.');

    const { attributesSchema, defaultAttributes, roles } = barclampDetail(ntp);

    expect(attributesSchema).toMatchObject({
      type: 'object',
      properties: { externalServers: { type: 'array', default: [] } },
    });
    expect(attributesSchema).not.toHaveProperty('required');
    expect(defaultAttributes).toEqual({ externalServers: [], network: 'admin' });
    expect(roles).toContainEqual({
      name: 'ntp-client',
      description: 'Follows the NTP servers.',
      minCount: 0,
      maxCount: null,
      unique: false,
      conflicts: ['ntp-server'],
    });
  });
});
