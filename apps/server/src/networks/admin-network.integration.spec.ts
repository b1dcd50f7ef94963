import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, startTestApi, type TestApi } from '../testing/index.ts';
import { AdminNetwork } from './admin-network.ts';
import { Reservations } from './reservations.ts';

describe.each(DATABASES)('the admin network on %s', (database) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi({ database });
  });
  afterAll(() => api.close());

  it('is asked for where there is none', async () => {
    const reserve = api.database.transaction((tx) =>
      api.get(Reservations).reserve(tx, { nodeId: 'n', mac: '52:54:00:00:00:01' }),
    );

    await expect(reserve).rejects.toMatchObject({
      code: 'network.missing',
      remedy: expect.stringContaining('--boot-interface'),
    });
  });

  it('is made once from the boot interface, however many processes start, and then left to people', async () => {
    const admin = api.get(AdminNetwork);

    const made = await Promise.all([1, 2, 3].map(() => admin.ensure('10.78.0.1/24')));

    expect(made.filter((network) => network !== null)).toHaveLength(1);
    const plan = { cidr: '10.78.0.0/24', gateway: '10.78.0.1', dns: ['10.78.0.1'], ranges: [] };
    expect((await api.admin.put('/networks/admin', plan)).status).toBe(200);
    expect(await admin.ensure('10.99.0.1/16')).toBeNull();
    expect((await api.viewer.get('/networks')).body).toEqual([{ name: 'admin', ...plan }]);
    const news = await api.database.db.event.findMany({ where: { type: 'network.updated' } });
    expect(news).toHaveLength(2);
  });

  it('is refused when the interface’s network has no room', async () => {
    await expect(api.get(AdminNetwork).ensure('10.0.0.1/30')).rejects.toThrow('/28 or shorter');
  });
});
