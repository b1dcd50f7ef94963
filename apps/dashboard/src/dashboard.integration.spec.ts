import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeServer, startFake } from '../dev/server.ts';
import { appear, install } from '../dev/simulate.ts';
import { seriousIssues } from './testing/axe.ts';
import { exportFolder, launchBrowser, openPage, signIn } from './testing/browser.ts';

const password = 'a-password-for-this-test';

let browser: Browser;

beforeAll(async () => {
  if (!existsSync(join(exportFolder, 'index.html'))) {
    throw new Error('The dashboard is not built: npm run build -w apps/dashboard');
  }
  browser = await launchBrowser();
});

afterAll(() => browser.close());

async function withFake<T>(
  options: Partial<Parameters<typeof startFake>[0]>,
  work: (fake: FakeServer) => Promise<T>,
): Promise<T> {
  const fake = await startFake({ out: exportFolder, password, speed: 20, ...options });
  try {
    return await work(fake);
  } finally {
    await fake.close();
  }
}

/** Signs a user in and ends with the check that nothing went wrong in the page. */
async function visit(
  fake: FakeServer,
  work: (page: Page) => Promise<void>,
  user = 'admin',
  dark = false,
): Promise<void> {
  const { page, context, faults } = await openPage(browser, fake.url, dark ? 'dark' : 'light');
  try {
    await signIn(page, user, password);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await work(page);
    expect(faults).toEqual([]);
  } finally {
    await context.close();
  }
}

describe('signing in', () => {
  it('refuses a wrong password with what to do, then asks for a new one and goes on to the page asked for', () =>
    withFake({ mustChangePassword: true }, async (fake) => {
      const { page, context } = await openPage(browser, fake.url);
      await page.goto('/nodes/?state=failed');
      await page.getByLabel('User name').fill('admin');
      await page.getByLabel('Password', { exact: true }).fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('ask an administrator').waitFor();
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
      await page.getByLabel('Present password').fill(password);
      await page.getByLabel('New password', { exact: true }).fill('another-long-password');
      await page.getByLabel('New password again').fill('another-long-password');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'storage-02' }).waitFor();
      expect(await page.getByRole('listitem').count()).toBe(1);
      expect(new URL(page.url()).search).toBe('?state=failed');
      await context.close();
    }));

  it('shows a viewer everything and offers nothing to change', () =>
    withFake({}, (fake) =>
      visit(
        fake,
        async (page) => {
          await page.goto('/node/?name=compute-01');
          await page.getByRole('heading', { name: 'compute-01' }).waitFor();
          expect(await page.getByRole('button', { name: 'Power' }).count()).toBe(0);
          expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
        },
        'viewer',
      ),
    ));
});

describe('live', () => {
  it('shows a node appear and become ready without being touched', () =>
    withFake({ speed: 8 }, (fake) =>
      visit(fake, async (page) => {
        await page.getByRole('link', { name: 'Nodes', exact: true }).click();
        await page.getByRole('heading', { name: 'Nodes' }).waitFor();
        await page.evaluate('window.notReloaded = true');
        const card = page.getByRole('listitem').filter({ hasText: 'new-machine' });
        const appeared = appear(fake.world, 'new-machine', 77);
        await card.getByText('discovering').waitFor();
        const node = await appeared;
        await card.getByText('discovered').waitFor();
        const installed = install(fake.world, node, 'debian-12', 'install', 'test');
        await card.getByText('installing', { exact: true }).waitFor();
        await card.getByText(/unpacking/).waitFor();
        await card.getByText('ready', { exact: true }).waitFor();
        await installed;
        expect(await page.evaluate('window.notReloaded')).toBe(true);
      }),
    ));

  it('draws the boot as a waterfall and follows the console', () =>
    withFake({ speed: 8 }, (fake) =>
      visit(fake, async (page) => {
        const node = await appear(fake.world, 'new-machine', 77);
        await page.goto('/node/?name=new-machine');
        await page.getByRole('button', { name: 'Install' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Install' }).click();
        const marks = page.getByRole('list', { name: /Marks of the boot/ });
        await marks.getByText('unpack', { exact: true }).waitFor();
        await page.getByRole('tab', { name: 'Console' }).click();
        await page
          .getByRole('log')
          .getByText(/first-ssh/)
          .waitFor();
        await page.getByRole('tab', { name: 'History' }).click();
        await page.getByText('All base barclamps are applied').first().waitFor();
        expect(node.state).toBe('ready');
      }),
    ));

  it('says when the stream is lost, and catches up when it is back', () =>
    withFake({}, (fake) =>
      visit(fake, async (page) => {
        await page.getByText('Live', { exact: true }).waitFor();
        fake.cutStreams();
        await page.getByText('Reconnecting').waitFor();
        await page.getByText('Live', { exact: true }).waitFor();
      }),
    ));
});

describe('many tabs', () => {
  it('share one event stream, and go on when the tab that reads it is closed', () =>
    withFake({}, (fake) =>
      visit(fake, async (page) => {
        const others = [];
        for (let index = 0; index < 7; index += 1) {
          const other = await page.context().newPage();
          await other.goto('/nodes/');
          await other.getByText('Live', { exact: true }).waitFor();
          others.push(other);
        }
        expect(fake.streamCount()).toBe(1);
        await page.close();
        // Whether it appears before or after another tab has taken over, every tab must come to show it.
        await appear(fake.world, 'seen-by-all', 78);
        for (const other of others) await other.getByRole('link', { name: 'seen-by-all' }).waitFor();
      }),
    ));
});

describe('a proposal', () => {
  it('is edited by keyboard, shows its problems where they are, is planned, applied and proved', () =>
    withFake({}, (fake) =>
      visit(fake, async (page) => {
        await page.goto('/proposal/?barclamp=ntp&name=default');
        await page.getByRole('checkbox', { name: /control-01/ }).focus();
        await page.keyboard.press('Space');
        await page.getByRole('button', { name: 'Assign 1 chosen to ntp-client' }).focus();
        await page.keyboard.press('Enter');
        const client = page.getByRole('region', { name: 'Role ntp-client' });
        await client.getByText(/control-01 is ntp-server too/).waitFor();
        expect(await page.getByRole('button', { name: 'Plan', exact: true }).isDisabled()).toBe(true);
        await client.getByRole('button', { name: 'Take control-01 out of ntp-client' }).click();

        await page.getByRole('button', { name: 'Add', exact: true }).click();
        const field = page.locator('#attributes_externalServers_0');
        await field.fill('not a host');
        await page.getByText(/Not a host name or address/).waitFor();
        await field.fill('ntp.example.org');
        await page.getByText(/Not a host name or address/).waitFor({ state: 'detached' });

        await page.getByRole('button', { name: 'Plan', exact: true }).click();
        await page.getByText(/steps would change something on 3 nodes/).waitFor();
        await page.getByRole('button', { name: 'Apply' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
        await page.getByText('12 of 12 steps decided').waitFor();
        await page.getByText('Revision 1 applied').waitFor();
      }),
    ));

  it('takes a node dropped on a role', () =>
    withFake({}, (fake) =>
      visit(fake, async (page) => {
        await page.goto('/proposal/?barclamp=ntp&name=default');
        const client = page.getByRole('region', { name: 'Role ntp-client' });
        await page.getByText('compute-03', { exact: true }).dragTo(client);
        await client.getByRole('button', { name: 'Take compute-03 out of ntp-client' }).waitFor();
      }),
    ));
});

describe('a fleet of ten thousand', () => {
  it('keeps only what is in sight in the page, and searches on the server', () =>
    withFake({ extraNodes: 10_000 }, (fake) =>
      visit(fake, async (page) => {
        await page.goto('/nodes/');
        const cards = page.getByRole('listitem');
        await cards.first().waitFor();
        expect(await cards.count()).toBeLessThan(80);
        await page.mouse.wheel(0, 20_000);
        await page.getByText(/^rack/).first().waitFor();
        expect(await cards.count()).toBeLessThan(80);
        await page.getByRole('searchbox', { name: 'Search nodes' }).fill('rack250-4');
        await page.getByRole('link', { name: 'rack250-40' }).waitFor();
        await expect.poll(() => cards.count()).toBe(1);
      }),
    ));
});

const pages = [
  '/',
  '/nodes/',
  '/nodes/?view=table',
  '/node/?name=compute-01',
  '/node/?name=compute-01&tab=inventory',
  '/node/?name=storage-02&tab=history',
  '/node/?name=compute-01&tab=console',
  '/node/?name=compute-01&tab=settings',
  '/proposals/',
  '/proposal/?barclamp=ntp&name=default',
  '/runs/',
  '/barclamps/',
  '/networks/',
  '/boot-envs/?name=debian-12-installer',
  '/access/',
  '/access/?tab=users',
  '/audit/',
  '/system/',
  '/nowhere/',
];

describe.each([false, true])('accessibility (dark: %s)', (dark) => {
  it('finds no serious issue on any page', () =>
    withFake({}, (fake) =>
      visit(
        fake,
        async (page) => {
          const found: Record<string, string[]> = {};
          for (const path of pages) {
            await page.goto(path);
            await page.locator('main').getByRole('heading').first().waitFor();
            await expect.poll(() => page.locator('main [aria-label=Loading]').count()).toBe(0);
            const issues = await seriousIssues(page);
            if (issues.length > 0) found[path] = issues;
          }
          expect(found).toEqual({});
        },
        'admin',
        dark,
      ),
    ));
});
