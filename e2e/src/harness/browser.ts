import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARTIFACTS = fileURLToPath(new URL('../../artifacts/', import.meta.url));

/** A page in a real, headless Chromium, with everything it complained about. */
export interface BrowserPage {
  page: Page;
  /** Console errors and uncaught exceptions so far. */
  complaints: string[];
  /** Writes `e2e/artifacts/<name>.png`. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a page that accepts the server's self-made certificate and phones nobody. */
export async function openBrowser(size = { width: 1440, height: 900 }): Promise<BrowserPage> {
  const browser = await launch();
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: size });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return {
    page,
    complaints,
    screenshot: async (name) => {
      mkdirSync(ARTIFACTS, { recursive: true });
      await page.screenshot({ path: `${ARTIFACTS}${name}.png` });
    },
    close: () => browser.close(),
  };
}

function launch(): Promise<Browser> {
  const executablePath = CANDIDATES.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(`no Chromium at ${CANDIDATES.join(', ')}: run \`npm run setup -- test\``);
  }
  return chromium.launch({
    executablePath,
    args: [
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
