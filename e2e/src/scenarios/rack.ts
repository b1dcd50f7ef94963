import assert from 'node:assert/strict';
import { bringUp, type Lab, type Report, startLab } from '@halligan/lab';
import { type BrowserPage, openBrowser } from '../harness/browser.ts';
import { defineScenario, type ScenarioContext } from '../harness/scenario.ts';

const BRING_UP_MS = 15 * 60_000;

/** The main job of the product, watched through a browser that nobody touches after signing in. */
export const rack = defineScenario({
  name: 'rack',
  description: 'two bare machines (BIOS and UEFI) become ready and get ntp, watched in a browser',
  quick: true,
  async run(context) {
    const lab = await context.must('a server starts on a sealed rack', () =>
      startLab({ machines: [{ firmware: 'bios' }, { firmware: 'uefi' }], port: 0, onProgress: context.say }),
    );
    context.onEnd(() => lab.close());
    const browser = await context.must('a browser signs in and finds an empty fleet', () =>
      signIn(context, lab),
    );
    const watching = watchBothBecomeReady(browser);
    const report = await context.must('both machines become ready and ntp is applied and proved', () =>
      bringUp(lab, { signal: context.signal, onProgress: context.say }),
    );
    await context.case('the page showed both nodes ready without a reload', () => watching);
    await context.case('the second run changed nothing', async () => secondRunUnchanged(report));
    await context.case('the boot waterfall names its phases', () => showsWaterfall(browser, report));
    await context.case('the browser had nothing to complain about', async () => {
      assert.deepEqual(browser.complaints, []);
    });
    for (const node of report.nodes) context.say(`${node.name} ${JSON.stringify(node.phases)}`);
  },
});

async function signIn(context: ScenarioContext, lab: Lab): Promise<BrowserPage> {
  const browser = await openBrowser();
  context.onEnd(() => browser.close());
  const { page } = browser;
  await page.goto(lab.url);
  await page.getByLabel('User name', { exact: false }).fill(lab.admin.username);
  await page.getByLabel('Password', { exact: false }).first().fill(lab.admin.password);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.getByRole('link', { name: /nodes/i }).first().click();
  await page
    .getByText(/no nodes/i)
    .first()
    .waitFor({ timeout: 30_000 });
  // A page that had to be loaded again would lose this mark.
  await page.evaluate('window.untouched = true');
  return browser;
}

async function watchBothBecomeReady({ page, screenshot }: BrowserPage): Promise<void> {
  const ready = page.getByText(/^ready$/i);
  await page
    .getByText(/discover/i)
    .first()
    .waitFor({ timeout: BRING_UP_MS });
  await screenshot('nodes-discovering');
  await ready.nth(1).waitFor({ timeout: BRING_UP_MS });
  await screenshot('nodes-ready');
  assert.equal(await page.evaluate('window.untouched'), true);
}

function secondRunUnchanged(report: Report): void {
  const [first, second] = report.runs;
  assert.ok(first !== undefined && second !== undefined, 'two runs');
  assert.ok(first.changed > 0, 'the first run changed something');
  assert.equal(second.changed, 0);
  assert.equal(second.outcome, 'succeeded');
}

/** The boot that installed the machine: its marks in order, from DHCP over the agent to the restart. */
async function showsWaterfall({ page, screenshot }: BrowserPage, report: Report): Promise<void> {
  const name = report.nodes[0]?.name ?? '';
  await page.getByText(name, { exact: true }).first().click();
  await page.getByRole('tab', { name: /boot/i }).click();
  const marks = page.getByLabel('Marks of the boot with their durations').getByRole('listitem');
  await marks.first().waitFor({ timeout: 20_000 });
  await page
    .getByRole('button', { name: /discovery|debian/i })
    .last()
    .click();
  await screenshot('boot-waterfall');
  const text = (await marks.allInnerTexts()).join(' ');
  for (const mark of ['dhcp', 'script', 'partition', 'unpack', 'reboot']) {
    assert.ok(text.includes(mark), `the waterfall names ${mark}: ${text}`);
  }
}
