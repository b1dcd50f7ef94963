import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Folder of the built export. */
export const exportFolder = fileURLToPath(new URL('../../out', import.meta.url));

export function launchBrowser(): Promise<Browser> {
  const executablePath = candidates.find(existsSync);
  if (executablePath === undefined) throw new Error('There is no Chromium: apt-get install chromium');
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Watched {
  page: Page;
  context: BrowserContext;
  /** What went wrong in the page: errors of scripts, console errors, requests to other hosts. */
  faults: string[];
}

/** What tests bring about on purpose: a wrong password, no such page, a broken event stream. */
const expected = /status of 40[14] |ERR_INCOMPLETE_CHUNKED_ENCODING/;

/** A page whose faults are written down. */
export async function openPage(
  browser: Browser,
  url: string,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Watched> {
  const context = await browser.newContext({
    colorScheme,
    baseURL: url,
    viewport: { width: 1440, height: 900 },
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const foreign = !request.url().startsWith(url) && !/^(data|blob):/.test(request.url());
    if (foreign) faults.push(`request: ${request.url()}`);
  });
  return { page, context, faults };
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/sign-in/');
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
