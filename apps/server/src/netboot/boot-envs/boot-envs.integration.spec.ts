import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../../testing/index.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ database: 'sqlite' });
  await api.database.db.node.create({
    data: {
      name: 'node-1',
      state: 'discovered',
      stateReason: 'test',
      nextAction: 'test',
      nics: { create: { mac: '52:54:00:78:00:01', boot: true } },
    },
  });
});

afterAll(() => api.close());

describe('boot envs', () => {
  it('are listed with what they lack', async () => {
    const { status, body } = await api.viewer.get('/boot-envs');
    expect(status).toBe(200);
    const fedora = (body as { name: string; problem: string | null }[]).find(({ name }) =>
      name.startsWith('fedora'),
    );
    expect(fedora?.problem).toMatch(/boot-envs\.json/);
  });

  it('are shown as a node would get them, without a token', async () => {
    const { status, body } = await api.viewer.get('/boot-envs/local/preview?node=node-1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      script: expect.stringMatching(/^#!ipxe\necho Halligan: node-1: /),
      installFile: null,
    });
    expect(JSON.stringify(body)).not.toContain('token-not-shown');
  });

  it('say what the node lacks', async () => {
    const { status, body } = await api.viewer.get('/boot-envs/debian-12-installer/preview?node=node-1');
    expect({ status, body }).toMatchObject({ status: 409, body: { code: 'node.no_inventory' } });
    expect((await api.viewer.get('/boot-envs/none/preview?node=node-1')).status).toBe(404);
    expect((await api.viewer.get('/boot-envs/local/preview?node=none')).status).toBe(404);
    expect((await api.viewer.get('/boot-envs/local/preview')).status).toBe(400);
  });
});
