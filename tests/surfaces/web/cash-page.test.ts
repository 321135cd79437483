/** The cash page in a real browser over the real operations; skipped where there is no Chromium. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/store/pool.ts';
import { BANK_CSV } from '../../support/cash-counter.ts';
import { testDatabase } from '../../support/database.ts';
import { type CashConsole, cashConsole } from './cash-console.ts';
import { hasBrowser, launchBrowser, pictureFolder } from './console.ts';

describe.skipIf(!hasBrowser)('the cash page (needs Chromium)', { timeout: 120_000 }, () => {
  let browser: Browser;
  let pictures: string;
  let database: Database;
  let folder: string;
  beforeAll(async () => {
    [browser, pictures, database] = await Promise.all([launchBrowser(), pictureFolder(), testDatabase()]);
    folder = mkdtempSync(join(tmpdir(), 'remy-cash-page-'));
    writeFileSync(join(folder, 'bank.csv'), BANK_CSV);
    writeFileSync(join(folder, 'broken.csv'), Buffer.from([0x50, 0x4b, 3, 4, 0, 0]));
  });
  afterAll(async () => {
    await browser?.close();
    await database?.close();
    rmSync(folder, { recursive: true });
  });

  /** Its own company for each visit; fails on any error that the browser saw. */
  async function visit(
    steps: (at: { page: Page; at: CashConsole }) => Promise<void>,
    options: BrowserContextOptions & { read?: boolean; expectErrors?: boolean } = {},
  ): Promise<void> {
    const { read = true, expectErrors = false, ...context } = options;
    const at = await cashConsole(database);
    if (read) await at.counter.read();
    const opened = await browser.newContext(context);
    const page = await opened.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    try {
      await page.goto(`${at.url}#/cash`);
      await steps({ page, at });
      if (!expectErrors) expect(errors).toEqual([]);
    } finally {
      await opened.close();
      await at.close();
    }
  }

  const row = (page: Page, text: string) => page.locator('.cash-row', { hasText: text });
  async function open(page: Page, text: string) {
    await row(page, text).first().click();
    const panel = page.locator('.cash-panel');
    await panel.locator('.cash-rest').waitFor();
    return panel;
  }

  test('an empty page says what to do; a file is looked at, taken in and matched', () =>
    visit(
      async ({ page }) => {
        await page.getByText('No bank file was read yet.').waitFor();
        await page.getByText('npx remy bank statement.xml').waitFor();
        await page.getByLabel('Bank files').setInputFiles(join(folder, 'bank.csv'));
        await page.getByText('Columns, as they were guessed').waitFor();
        expect(await page.getByLabel('Column of: Payer', { exact: true }).inputValue()).toBe('Payer');
        await page.screenshot({ path: join(pictures, 'test-cash-bank.png') });
        expect(await row(page, 'GLOBEX').count()).toBe(0);
        await page.getByRole('button', { name: 'Take in 5 new lines' }).click();
        await page.getByText('5 lines are taken in.').waitFor();
        await page.getByText('4 payments wait: 59,187.50 USD in 3, 800.00 EUR in 1').waitFor();
        await page.getByRole('button', { name: 'Match them now' }).click();
        await page.getByText(/^Matching: 4 payments/).waitFor();
        await page.getByLabel('Applied lately').last().getByText('800.00 EUR on INV-7002').waitFor();
      },
      { read: false },
    ));

  test('a file that is refused says why, and nothing waits', () =>
    visit(
      async ({ page }) => {
        await page.getByLabel('Bank files').setInputFiles(join(folder, 'broken.csv'));
        await page.locator('.bank-file .problems li').waitFor();
        expect(await page.getByRole('button', { name: 'Nothing new in it' }).isDisabled()).toBe(true);
      },
      { read: false },
    ));

  test('the list is filtered by text, currency and age, each with its sums', () =>
    visit(async ({ page }) => {
      await row(page, 'GLOBEX').waitFor();
      await page.getByLabel('Currencies').selectOption('EUR');
      await page.getByText('1 payment waits with these filters: 800.00 EUR in 1').waitFor();
      await page.getByLabel('Currencies').selectOption('');
      await page.getByLabel('Find a payment').fill('nobody like this');
      await page.getByText('No payment fits these filters.').waitFor();
      await page.getByLabel('Find a payment').fill('');
      await page.getByLabel('Age', { exact: true }).selectOption('90');
      await page.getByText('No payment fits these filters.').waitFor();
    }));

  test('the suggestion is applied in one go, with its fee, and taken back', () =>
    visit(async ({ page, at }) => {
      const panel = await open(page, '9,975.00');
      await panel.getByRole('button', { name: /^Suggested, 9\d\.\d % sure/ }).waitFor();
      expect(await panel.locator('.cash-rest').textContent()).toBe('All of it is placed');
      expect(await panel.getByLabel('Amount on INV-5501').inputValue()).toBe('9975.00');
      await page.screenshot({ path: join(pictures, 'test-cash-suggested.png') });
      await panel.getByRole('button', { name: 'Apply now' }).click();
      await panel.getByText('Approved and applied. It can be taken back.').first().waitFor();
      await panel.getByText('bank fee', { exact: true }).first().waitFor();
      await page.getByText('3 payments wait').waitFor();
      const done = page.locator('.cash-done').first();
      await done.getByText('9,975.00 USD on INV-5501; bank fee 25.00 USD on INV-5501').waitFor();
      await done.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('4 payments wait').waitFor();
      const { payments } = await at.counter.cash.listCash({ text: '9975' }, await at.counter.contextOf(''));
      expect(payments[0]!.payment.unapplied).toBe('9975.00');
    }));

  test('money of nobody known is placed by hand: customer, ticks, amounts, a running rest, the gap explained', () =>
    visit(async ({ page }) => {
      const panel = await open(page, '48,212.50');
      expect(await panel.locator('h2').textContent()).toBe('<b>BRT</b> HOLDINGS LLC');
      await panel.getByText('It is not known whose money this is.').waitFor();
      expect(await panel.getByRole('button', { name: 'Apply now' }).isDisabled()).toBe(true);
      await panel.getByLabel('Search for another customer').fill('acme');
      await page.keyboard.press('Enter');
      await panel.getByRole('checkbox', { name: /INV-5502/ }).check();
      await panel.getByText('Still to place 47,512.50 USD').waitFor();
      await panel.getByLabel('Amount on INV-5502').fill('700.01');
      await panel.getByText('INV-5502 gets 0.01 USD more than it has open.').waitFor();
      expect(await panel.getByRole('button', { name: 'Propose' }).isDisabled()).toBe(true);
      await panel.getByLabel('Amount on INV-5502').fill('700,00');
      await panel.getByText('Still to place 47,512.50 USD').waitFor();
      await panel.getByRole('button', { name: 'Propose' }).click();
      await panel.getByText('Proposed. It waits for a decision.').waitFor();
      await page.getByRole('link', { name: 'Approvals 1' }).waitFor();
    }));

  test('what is missing is booked as the explanation that was chosen', () =>
    visit(async ({ page }) => {
      const panel = await open(page, '9,975.00');
      await panel.getByRole('button', { name: /^By hand/ }).click();
      await panel.getByRole('checkbox', { name: /INV-5501/ }).check();
      await panel.getByText('25.00 USD is missing. What is it?').waitFor();
      await panel.getByText('fits', { exact: true }).first().waitFor();
      await panel.getByRole('radio', { name: /bank fee/ }).check();
      await panel.getByText('25.00 USD bank fee').waitFor();
      await panel.getByRole('button', { name: 'Apply now' }).click();
      await panel.getByText('Approved and applied. It can be taken back.').first().waitFor();
    }));

  test('an invoice is dragged onto the payment', () =>
    visit(async ({ page }) => {
      const panel = await open(page, '9,975.00');
      await panel.getByRole('button', { name: /^By hand/ }).click();
      await panel.locator('tr', { hasText: 'INV-5503' }).locator('strong').hover();
      await page.mouse.down();
      await page.mouse.move(700, 300, { steps: 8 });
      await panel.locator('.cash-payment').hover();
      await page.mouse.up();
      await panel.getByText('Still to place 9,075.00 USD').waitFor();
      expect(await panel.getByRole('checkbox', { name: /INV-5503/ }).isChecked()).toBe(true);
    }));

  test('what is no payment of a customer is set aside with a reason, and comes back', () =>
    visit(async ({ page }) => {
      const panel = await open(page, '48,212.50');
      await panel.getByRole('button', { name: 'Set aside' }).click();
      await panel.locator('textarea').fill('A loan of the owner');
      await panel.locator('form').last().getByRole('button', { name: 'Set aside' }).click();
      await panel.getByText('Set aside: it is no longer counted').waitFor();
      await page.getByText('3 payments wait').waitFor();
      await panel.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('4 payments wait').waitFor();
    }));

  test('the keyboard goes from payment to payment and applies; never while somebody types', () =>
    visit(async ({ page }) => {
      await row(page, 'GLOBEX').waitFor();
      await page.keyboard.press('j');
      await page.locator('.cash-panel .cash-rest').waitFor();
      const first = page.url();
      await page.keyboard.press('j');
      await expect.poll(() => page.url()).not.toBe(first);
      await page.keyboard.press('k');
      await expect.poll(() => page.url()).toBe(first);
      await page.locator('.cash-panel', { hasText: 'GLOBEX' }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('a');
      await page.getByLabel('Find a payment').fill('');
      await page.locator('h1:visible').focus();
      await page.keyboard.press('a');
      await page.getByText('Approved and applied. It can be taken back.').first().waitFor();
    }));

  test('a card of a proposal takes another way, applies, undoes, and opens the payment by hand', () =>
    visit(async ({ page, at }) => {
      const { counter } = at;
      const line = '2026-11-23,900.00,USD,ACME LOGISTICS LLC,,INV-5502';
      const bytes = new TextEncoder().encode(`Date,Amount,Currency,Payer,IBAN,Reference\n${line}\n`);
      const context = await counter.contextOf('');
      await counter.cash.importBank([{ name: 'b.csv', bytes }], { dryRun: false }, context);
      await counter.cash.runMatching({ dryRun: false }, context);
      await page.goto(`${at.url}#/approvals`);
      const item = page.locator('.row:visible', { hasText: '900.00 USD from ACME' });
      await item.locator('.row-head').click();
      const card = item.locator('.card');
      await card.getByRole('button', { name: 'Take way 1 instead' }).click();
      await card.getByText('Taken instead. Look at it once more, then approve it.').waitFor();
      await card.getByRole('button', { name: 'Approve' }).click();
      await card.getByText(/^Applied, approved by admin@remy\.test/).waitFor();
      await card.getByRole('button', { name: 'Undo' }).click();
      await card.getByText(/Taken back on .* by admin@remy\.test/).waitFor();
      await card.getByRole('button', { name: 'Open the payment' }).click();
      await page.locator('.cash-panel', { hasText: 'INV-5502' }).waitFor();
      await page.screenshot({ path: join(pictures, 'test-cash-card.png') });
    }));

  test.each(['light', 'dark'] as const)('at 380 pixels in %s nothing goes sideways', (colorScheme) =>
    visit(
      async ({ page }) => {
        const sideways = () =>
          page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        await row(page, 'GLOBEX').waitFor();
        expect(await sideways()).toBe(0);
        await page.getByRole('link', { name: 'Cash', exact: true }).waitFor();
        const panel = await open(page, '9,975.00');
        expect(await row(page, 'GLOBEX').isVisible()).toBe(false);
        expect(await panel.getByLabel('Amount on INV-5501').isVisible()).toBe(true);
        expect(await sideways()).toBe(0);
        await page.screenshot({ path: join(pictures, `test-cash-phone-${colorScheme}.png`), fullPage: true });
        await page.getByRole('button', { name: '← All payments' }).click();
        await row(page, 'GLOBEX').waitFor();
      },
      { viewport: { width: 380, height: 760 }, hasTouch: true, isMobile: true, colorScheme },
    ),
  );
});
