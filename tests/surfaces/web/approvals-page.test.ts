/** The pages of chasing in a real browser over a small queue in memory; skipped where there is no Chromium. */
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  hasBrowser,
  launchBrowser,
  pictureFolder,
  scriptedChase,
  scriptedDeps,
  startConsole,
} from './console.ts';

type Visit = { page: Page; chase: ReturnType<typeof scriptedChase>; url: string };
const SLOW_MACHINE = { timeout: 90_000 };

describe.skipIf(!hasBrowser)('the pages of chasing (needs Chromium)', SLOW_MACHINE, () => {
  let browser: Browser;
  let pictures: string;
  beforeAll(async () => {
    [browser, pictures] = await Promise.all([launchBrowser(), pictureFolder()]);
  });
  afterAll(() => browser?.close());

  /** Its own console and queue for each visit; fails on any error that the browser saw. */
  async function visit(
    hash: string,
    steps: (at: Visit) => Promise<void>,
    options: BrowserContextOptions & { delayMs?: number; expectErrors?: boolean } = {},
  ): Promise<void> {
    const { delayMs, expectErrors = false, ...context } = options;
    const chase = scriptedChase(delayMs);
    const server = await startConsole(scriptedDeps({ chase }));
    const opened = await browser.newContext(context);
    const page = await opened.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    try {
      await page.goto(`${server.url}${hash}`);
      await steps({ page, chase, url: server.url });
      if (!expectErrors) expect(errors).toEqual([]);
    } finally {
      await opened.close();
      await server.close();
    }
  }

  const row = (page: Page, name: string) => page.locator('.row:visible', { hasText: name });
  /** Opens a row and gives its card. */
  async function open(page: Page, name: string) {
    await row(page, name).locator('.row-head').click();
    const card = row(page, name).locator('.card');
    await card.getByText('Behind it').waitFor();
    return card;
  }
  const decided = ({ chase }: Visit) =>
    chase.calls.filter(({ name }) => name === 'decide').map(({ input }) => input);

  test('the number that waits stands in the header; each row says who, how much, to whom, and its risk', () =>
    visit('#/approvals', async ({ page }) => {
      await page.getByRole('link', { name: 'Approvals 4' }).waitFor();
      await page.getByText('4 proposals: 12,640.50 USD in 2, 90,000.00 EUR in 1').waitFor();
      const acme = await row(page, 'Acme Logistics').textContent();
      for (const text of ['12,000.00 USD', 'Two invoices of June', 'archive@demo.example'])
        expect(acme).toContain(text);
      expect(await row(page, 'Globex').locator('.badge').allTextContents()).toEqual([
        'large amount',
        '2 people',
      ]);
      expect(await row(page, 'Hooli').textContent()).toContain('Hooli <b>Inc</b>');
      expect(await row(page, 'Hooli').getByRole('checkbox').count()).toBe(0);
    }));

  test('one click approves exactly what was shown, counts down, and can be undone', () =>
    visit('#/approvals', async (at) => {
      const card = await open(at.page, 'Acme');
      await card.getByRole('button', { name: 'Approve' }).click();
      await card.getByText(/^Leaves in (1:00|0:5\d)$/).waitFor();
      await at.page.getByRole('link', { name: 'Approvals 3' }).waitFor();
      expect(decided(at)[0]).toEqual({
        kind: 'approve',
        proposalId: 12,
        revision: 2,
        digest: 'ab'.repeat(32),
      });
      await at.page.screenshot({ path: join(pictures, 'test-approved.png') });
      await card.getByRole('button', { name: 'Undo' }).click();
      await card.getByText('Taken back. Nothing left.').waitFor();
      await card.getByRole('button', { name: 'Approve' }).waitFor();
    }));

  test('after a click on Approve the countdown is in sight with the focus on Undo, and u takes it back from anywhere', () =>
    visit(
      '#/approvals',
      async (at) => {
        const { page } = at;
        const card = await open(page, 'Acme');
        await card.getByRole('button', { name: 'Approve' }).click();
        await card.getByText(/^Leaves in/).waitFor();
        await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Undo');
        await page.screenshot({ path: join(pictures, 'test-take-back.png') });
        const height = page.viewportSize()!.height;
        for (const part of [card.locator('.outcome'), card.getByRole('button', { name: 'Undo' })]) {
          const box = (await part.boundingBox())!;
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.y + box.height).toBeLessThanOrEqual(height);
        }
        await page.keyboard.press('u');
        await card.getByText('Taken back. Nothing left.').waitFor();
        await page.getByRole('link', { name: 'Approvals 4' }).waitFor();
        await card.getByRole('button', { name: 'Approve' }).click();
        await card.getByText(/^Leaves in/).waitFor();
        await row(page, 'Acme').locator('.row-head').click();
        await page.getByLabel('Filter').fill('u');
        await page.getByLabel('Filter').press('u');
        await page.getByRole('link', { name: 'Approvals 3' }).waitFor();
        await page.getByLabel('Filter').fill('');
        await page.getByRole('tab', { name: 'Done' }).click();
        await page.keyboard.press('u');
        await page.getByText('Acme Logistics: Taken back. Nothing left.').waitFor();
        await page.getByRole('link', { name: 'Approvals 4' }).waitFor();
        expect(decided(at)).toHaveLength(4);
      },
      { viewport: { width: 1000, height: 420 } },
    ));

  test('an attachment can be opened before it is approved', () =>
    visit('#/approvals', async ({ page }) => {
      const card = await open(page, 'Acme');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        card.getByRole('link', { name: 'Open statement.pdf' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('statement.pdf');
    }));

  test('when its time has come the card becomes the receipt by itself', () =>
    visit(
      '#/approvals',
      async ({ page }) => {
        const card = await open(page, 'Acme');
        await card.getByRole('button', { name: 'Approve' }).click();
        await card.getByText('Looked at before sending').waitFor();
        expect(await card.getByText('no message since the draft').count()).toBe(1);
        expect(await card.getByRole('button', { name: 'Undo' }).count()).toBe(0);
      },
      { delayMs: 1200 },
    ));

  test('a double click is one decision', () =>
    visit('#/approvals', async (at) => {
      const card = await open(at.page, 'Acme');
      await card.getByRole('button', { name: 'Approve' }).dblclick();
      await card.getByText(/^Leaves in/).waitFor();
      expect(decided(at)).toHaveLength(1);
    }));

  test('a card that was overtaken in another window says so and shows how it stands', () =>
    visit('#/approvals', async ({ page, chase }) => {
      const card = await open(page, 'Acme');
      await chase.decide(
        { kind: 'reject', proposalId: 12, revision: 2, digest: 'ab'.repeat(32), reason: 'They called' },
        'cora@demo.example',
      );
      await card.getByRole('button', { name: 'Approve' }).click();
      await card.getByText('It is rejected already.').waitFor();
      await card.getByText('Rejected by cora@demo.example: They called').waitFor();
      expect(await card.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    }));

  test('editing happens in the place of the email; saving makes a new revision that is shown before it is approved', () =>
    visit('#/approvals', async (at) => {
      const card = await open(at.page, 'Acme');
      await card.getByRole('button', { name: 'Edit' }).click();
      await card.getByLabel('Subject').fill('June invoices: please pay this week');
      expect(await card.locator('.email-body').isVisible()).toBe(false);
      await at.page.screenshot({ path: join(pictures, 'test-edit.png') });
      await card.getByRole('button', { name: 'Save', exact: true }).click();
      await card.getByText('Saved as a new revision').waitFor();
      await card.locator('.email-head').getByText('June invoices: please pay this week').waitFor();
      expect(decided(at)).toEqual([]);
      expect(at.chase.calls.find(({ name }) => name === 'edit')!.input).toEqual({
        subject: 'June invoices: please pay this week',
      });
    }));

  test('save and approve decides on the digest of what was saved, not of what was shown before', () =>
    visit('#/approvals', async (at) => {
      const card = await open(at.page, 'Acme');
      await card.getByRole('button', { name: 'Edit' }).click();
      await card.getByLabel('Text').fill('Please pay.');
      await card.getByRole('button', { name: 'Save and approve' }).click();
      await card.getByText(/^Leaves in/).waitFor();
      expect(decided(at)).toEqual([
        { kind: 'approve', proposalId: 12, revision: 3, digest: expect.not.stringContaining('abab') },
      ]);
      await card.locator('.email-body').getByText('Please pay.').waitFor();
    }));

  test('an address that is no known contact is refused in the form, and nothing that was typed is lost', () =>
    visit(
      '#/approvals',
      async (at) => {
        const card = await open(at.page, 'Acme');
        await card.getByRole('button', { name: 'Edit' }).click();
        await card.getByLabel('To', { exact: true }).fill('somebody@evil.example');
        await card.getByRole('button', { name: 'Save and approve' }).click();
        await card.getByRole('alert').getByText("Add it to the ledger's contacts first").waitFor();
        expect(await card.getByLabel('To', { exact: true }).inputValue()).toBe('somebody@evil.example');
        await at.page.keyboard.press('Escape');
        expect(await card.locator('.email-body').isVisible()).toBe(true);
        expect(decided(at)).toEqual([]);
      },
      { expectErrors: true },
    ));

  test('a rejection needs a reason, a snooze a day', () =>
    visit('#/approvals', async (at) => {
      const acme = await open(at.page, 'Acme');
      await acme.getByRole('button', { name: 'Reject' }).click();
      await acme.getByLabel('Why is it rejected?').first().waitFor();
      await acme.locator('form').getByRole('button', { name: 'Reject' }).click();
      expect(decided(at)).toEqual([]);
      await acme.locator('textarea').fill('They pay on Friday');
      await acme.locator('form').getByRole('button', { name: 'Reject' }).click();
      await acme.getByText(/^Rejected by .*They pay on Friday/).waitFor();
      const globex = await open(at.page, 'Globex');
      await globex.getByRole('button', { name: 'Snooze' }).click();
      await globex.getByRole('button', { name: 'Tomorrow' }).click();
      await globex.locator('form').getByRole('button', { name: 'Snooze' }).click();
      await globex.getByText(/^Snoozed until \d{4}-\d\d-\d\d by/).waitFor();
    }));

  test('several are approved after count, total and recipients were shown; the rest says why it stays', () =>
    visit('#/approvals', async (at) => {
      const { page } = at;
      await page.getByLabel('Pick all').check();
      await page.getByText('2 of 2 picked').waitFor();
      await row(page, 'Globex').getByRole('checkbox').uncheck();
      await page.getByRole('button', { name: 'Review and approve' }).click();
      const plan = page.locator('.plan');
      await plan.getByText('Approve 1 email: 12,000.00 USD in 1').waitFor();
      await plan.getByText('ap@acme.example, controller@acme.example').waitFor();
      await plan.getByText('You have no limit in USD').waitFor();
      expect(decided(at)).toEqual([]);
      await plan.getByRole('button', { name: 'Approve these 1' }).click();
      await plan.getByText('1 approved').waitFor();
      await page.getByRole('link', { name: 'Approvals 3' }).waitFor();
      await expect.poll(() => row(page, 'Acme').count()).toBe(0);
    }));

  test('by amount the server picks; a plan that changed meanwhile approves nothing and shows the new one', () =>
    visit('#/approvals', async ({ page, chase }) => {
      await page.getByLabel('Up to this amount').fill('20,000');
      await page.getByLabel('Currency').selectOption('USD');
      await page.getByRole('button', { name: 'Pick', exact: true }).click();
      await page.getByText('1 of 2 picked').waitFor();
      await page.getByRole('button', { name: 'Review and approve' }).click();
      await page.locator('.plan').getByText('Approve 1 email').waitFor();
      await chase.decide(
        { kind: 'approve', proposalId: 12, revision: 2, digest: 'ab'.repeat(32) },
        undefined,
      );
      await page.getByRole('button', { name: 'Approve these 1' }).click();
      await page.getByText('What waits has changed since this was shown').waitFor();
      await page.locator('.plan').getByText('Nothing to approve in one go').waitFor();
    }));

  test('the keyboard moves, opens, edits and approves', () =>
    visit('#/approvals', async (at) => {
      await row(at.page, 'Acme').waitFor();
      await at.page.keyboard.press('j');
      await at.page.keyboard.press('x');
      await at.page.getByText('1 of 2 picked').waitFor();
      await at.page.keyboard.press('a');
      expect(decided(at)).toEqual([]);
      await row(at.page, 'Acme').locator('.row-head').press('Enter');
      await row(at.page, 'Acme').locator('.card').getByText('Behind it').waitFor();
      await at.page.keyboard.press('a');
      await row(at.page, 'Acme')
        .getByText(/^Leaves in/)
        .waitFor();
    }));

  test('what could not be sent stands in sight with its error, and can be tried again', () =>
    visit('#/approvals', async ({ page, chase }) => {
      await row(page, 'Acme').waitFor();
      await page.getByRole('tab', { name: 'Closed' }).click();
      const outbox = page.getByLabel('Not sent');
      await outbox.getByText('550 mailbox unavailable').waitFor();
      await outbox.getByRole('button', { name: 'Try again' }).click();
      await expect.poll(() => outbox.isVisible()).toBe(false);
      expect(chase.calls.find(({ name }) => name === 'retry')!.input).toBe(44);
    }));

  test('the worklist drafts in place, says what it left out, and what is not chased and why', () =>
    visit('#/worklist', async ({ page }) => {
      const globex = row(page, 'Globex');
      await globex.getByRole('button', { name: 'Draft' }).click();
      await globex.locator('.card').getByText('contested: wrong quantity').waitFor();
      await globex.getByRole('button', { name: 'Approve' }).waitFor();
      expect(await row(page, 'Hooli').getByRole('button').count()).toBe(0);
      await row(page, 'Acme').first().getByText('Why, and what would change it').click();
      await row(page, 'Acme').first().getByText('a promise would take it off').waitFor();
      await page.getByRole('tab', { name: 'Not chased (1)' }).click();
      await row(page, 'Soylent').getByText('held: legal is talking to them').waitFor();
      await page.getByLabel('Day').fill('2026-11-26');
      await page.getByText('Nothing goes out on this day: Thanksgiving Day.').waitFor();
    }));

  test('the day has its digest and its tasks; a hand-over is stopped with a reason', () =>
    visit('#/today', async ({ page, chase }) => {
      await page.getByText('41,000.00 USD in 3').waitFor();
      await page.getByRole('button', { name: 'Stop the hand-over' }).click();
      await page.locator('.action-form textarea').fill('I am talking to them');
      await page.locator('.action-form').getByRole('button', { name: 'Stop the hand-over' }).click();
      await page.getByText('The hand-over is stopped.').waitFor();
      await page.getByRole('button', { name: 'Done' }).click();
      await expect.poll(() => page.getByText('Done.').count()).toBe(1);
      expect(chase.calls.filter(({ name }) => name === 'closeTask').map(({ input }) => input)).toEqual([
        { taskId: 5, outcome: 'vetoed', reason: 'I am talking to them' },
        { taskId: 6, outcome: 'done', reason: null },
      ]);
    }));

  test('a draft in the conversation has the same buttons, and after a reload shows how it stands now', () =>
    visit('', async (at) => {
      await at.page.getByLabel('Your question').fill('draft a nudge to acme');
      await at.page.keyboard.press('Enter');
      await at.page.getByRole('button', { name: 'Approve' }).click();
      await at.page.getByText(/^Leaves in/).waitFor();
      await at.page.reload();
      await at.page.getByText(/^Leaves in/).waitFor();
      expect(await at.page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
      await at.page.getByRole('button', { name: 'Undo' }).waitFor();
    }));

  test('whom the console acts as is sent with every request and stays for the next visit', () =>
    visit('#/approvals', async (at) => {
      await row(at.page, 'Acme').waitFor();
      await at.page.getByLabel('Acting as').selectOption('cora@demo.example');
      await expect
        .poll(
          () =>
            at.chase.calls.filter(({ name, as }) => name === 'proposals' && as === 'cora@demo.example')
              .length,
        )
        .toBeGreaterThan(0);
      const card = await open(at.page, 'Acme');
      await card.getByRole('button', { name: 'Approve' }).click();
      await card.getByText('Approved by cora@demo.example').waitFor();
      expect(at.chase.calls.find(({ name }) => name === 'decide')!.as).toBe('cora@demo.example');
    }));

  test('an empty queue says where drafts come from', () =>
    visit('#/approvals', async ({ page }) => {
      await row(page, 'Acme').waitFor();
      await page.getByRole('tab', { name: 'On its way' }).click();
      await page.getByText('Nothing is on its way.').waitFor();
    }));

  test.each(['light', 'dark'] as const)(
    'at 380 pixels in %s nothing goes sideways on any page',
    (colorScheme) =>
      visit(
        '#/approvals',
        async ({ page, url }) => {
          const sideways = () =>
            page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          const card = await open(page, 'Globex');
          expect(await sideways()).toBe(0);
          await card.getByRole('button', { name: 'Edit' }).click();
          await card.getByLabel('Subject').waitFor();
          expect(await sideways()).toBe(0);
          await page.screenshot({ path: join(pictures, `test-approvals-phone-${colorScheme}.png`) });
          await page.goto(`${url}#/worklist`);
          await row(page, 'Globex').waitFor();
          expect(await sideways()).toBe(0);
          await page.goto(`${url}#/today`);
          await page.getByText('41,000.00 USD in 3').waitFor();
          expect(await sideways()).toBe(0);
        },
        { viewport: { width: 380, height: 760 }, hasTouch: true, isMobile: true, colorScheme },
      ),
  );
});
