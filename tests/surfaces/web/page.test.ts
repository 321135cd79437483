/** The page in a real browser. CHROMIUM_PATH names one where it is not in a usual place; without any, skipped. */
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Listening } from '../../../src/surfaces/web/listen.ts';
import {
  hasBrowser,
  launchBrowser,
  pictureFolder,
  scriptedAsk,
  scriptedDeps,
  startConsole,
} from './console.ts';

const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
};

const SLOW_MACHINE = { timeout: 90_000 };
describe.skipIf(!hasBrowser)('the page (needs Chromium; CHROMIUM_PATH may name one)', SLOW_MACHINE, () => {
  let browser: Browser;
  let server: Listening;
  let pictures: string;
  beforeAll(async () => {
    [browser, server, pictures] = await Promise.all([launchBrowser(), startConsole(), pictureFolder()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Opens the page, runs the steps, and fails on any error that the browser saw. */
  async function visit(
    steps: (page: Page) => Promise<void>,
    options: BrowserContextOptions & { url?: string; expectErrors?: boolean } = {},
  ): Promise<void> {
    const { url = server.url, expectErrors = false, ...context } = options;
    const opened = await browser.newContext(context);
    const page = await opened.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    try {
      await page.goto(url);
      await steps(page);
      if (!expectErrors) expect(errors).toEqual([]);
    } finally {
      await opened.close();
    }
  }

  async function ask(page: Page, text: string): Promise<void> {
    const before = await page.locator('.provenance').count();
    await page.getByLabel('Your question').fill(text);
    await page.keyboard.press('Enter');
    await page.locator('.provenance').nth(before).waitFor();
  }

  const noSideways = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  test('says what it is, marks demo data, tells the freshness and offers examples that ask', () =>
    visit(async (page) => {
      await page.getByText('Answers about who owes you what, from your ledger').waitFor();
      await page.getByText('customers and figures are made up').waitFor();
      await page.getByText('Data from 3 h ago').waitFor();
      expect(await page.locator('.example').count()).toBe(5);
      await page.screenshot({ path: join(pictures, 'test-welcome.png') });
      await page.getByRole('button', { name: 'Who owes us the most right now?' }).click();
      await page.getByText('over 9 invoices').waitFor();
    }));

  test('writes the answer as it comes, with a line that says what it does, and takes back a draft', async () => {
    const slow = await startConsole(scriptedDeps({ ask: scriptedAsk(new Map(), 400) }));
    await visit(
      async (page) => {
        await page.getByLabel('Your question').fill('DSO last 6 months');
        await page.keyboard.press('Enter');
        await page.getByText('Looking in the ledger').waitFor();
        await page.getByText('DSO (count-back)').first().waitFor();
        expect(await page.locator('.answer[aria-busy]').count()).toBe(1);
        await page.locator('.provenance').waitFor();
        expect(await page.getByText('A draft that is not shown').count()).toBe(0);
        expect(await page.getByText('Looking in the ledger').count()).toBe(0);
      },
      { url: slow.url },
    );
    await slow.close();
  });

  test('shows bold and lists but never markup that a customer wrote', () =>
    visit(async (page) => {
      await ask(page, 'Who owes us the most?');
      expect(await page.locator('.words strong').textContent()).toBe('Northwind Traders');
      expect(await page.locator('.words li').count()).toBe(2);
      const hostile = page.getByRole('link', { name: /onerror/ });
      expect(await hostile.textContent()).toContain('<img src=x onerror="document.title=1"> **Evil** [link]');
      expect(await page.locator('.card img').count()).toBe(0);
      expect(await page.title()).toBe('Remy');
    }));

  test('tables are tables, with money at the right and a link to the account', () =>
    visit(async (page) => {
      await ask(page, 'Who owes us the most?');
      const table = page.getByRole('table');
      expect(await table.getByRole('columnheader').allTextContents()).toEqual([
        'Customer',
        'Open',
        'Invoices',
        'Most days overdue',
      ]);
      const cell = table.getByRole('cell', { name: '184,250.00 USD' });
      expect(await cell.evaluate((node) => getComputedStyle(node).textAlign)).toBe('right');
      await page.getByRole('link', { name: 'Northwind Traders' }).click();
      await page.getByRole('heading', { name: 'Northwind Traders', level: 1 }).waitFor();
    }));

  test('charts are drawn, and read out their figures', () =>
    visit(async (page) => {
      await ask(page, "What's our aging look like?");
      await ask(page, 'DSO last 6 months and how you calc it');
      const images = page.locator('.card img');
      expect(await images.count()).toBe(3);
      for (const image of await images.all()) {
        await expect.poll(() => image.evaluate((node: HTMLImageElement) => node.naturalWidth)).toBe(380);
        expect(await image.getAttribute('alt')).toMatch(/\d/);
      }
    }));

  test('shows the rows behind a figure and how it was computed, and hides them again', () =>
    visit(async (page) => {
      await ask(page, 'Who owes us the most?');
      const rows = page.getByRole('button', { name: 'Show rows' });
      expect(await rows.getAttribute('aria-expanded')).toBe('false');
      await rows.click();
      await page.getByText('INV-1002').waitFor();
      expect(await rows.getAttribute('aria-expanded')).toBe('true');
      await page.getByRole('button', { name: 'How was this computed?' }).first().click();
      await page.getByLabel('How this was computed').getByText('as of 2026-03-31').waitFor();
      await rows.click();
      expect(await page.getByText('INV-1002').count()).toBe(0);
    }));

  test('a choice says its name in the conversation', () =>
    visit(async (page) => {
      await ask(page, 'how much does acme owe');
      await page.getByRole('button', { name: /^Acme Logistics/ }).click();
      await page.getByText('Acme Logistics owes 900.00 USD.').waitFor();
      expect(await page.locator('.question').last().textContent()).toContain('Acme Logistics');
    }));

  test('a file is saved without asking the server', () =>
    visit(async (page) => {
      await ask(page, 'export the INV-2041 timeline');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save INV-2041-timeline.csv' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('INV-2041-timeline.csv');
    }));

  test('a reload keeps the conversation, a new one starts empty', () =>
    visit(async (page) => {
      await ask(page, 'DSO last 6 months');
      await page.reload();
      await page.getByText('43.2 days').first().waitFor();
      expect(await page.locator('.card').count()).toBe(1);
      await page.goto(server.url);
      await page.getByText('43.2 days').first().waitFor();
      await page.getByRole('button', { name: 'New conversation' }).click();
      await page.getByText('What would you like to know?').waitFor();
    }));

  test('the keyboard does it all: slash, Shift+Enter, Up, Esc', () =>
    visit(async (page) => {
      const box = page.getByLabel('Your question');
      await page.locator('.example').first().focus();
      await page.keyboard.press('/');
      await page.keyboard.type('first');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('second');
      expect(await box.inputValue()).toBe('first\nsecond');
      await box.fill('');
      await ask(page, 'Who owes us the most?');
      await box.focus();
      await page.keyboard.press('ArrowUp');
      expect(await box.inputValue()).toBe('Who owes us the most?');
      await box.fill('wait for ever');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Stop' }).waitFor();
      await page.getByText('Looking in the ledger').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText('Stopped.').waitFor();
      await page.getByRole('button', { name: 'Ask', exact: true }).waitFor();
    }));

  test('an error says what to do and can be tried again', () =>
    visit(async (page) => {
      await page.getByLabel('Your question').fill('fail now');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('npx remy doctor').waitFor();
      await page.screenshot({ path: join(pictures, 'test-error.png') });
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('alert').waitFor();
      expect(await page.locator('.question').count()).toBe(1);
    }));

  test('a server that is gone is said so', async () => {
    const short = await startConsole();
    await visit(
      async (page) => {
        await page.locator('.welcome').waitFor();
        await short.close();
        await page.getByLabel('Your question').fill('anyone there?');
        await page.keyboard.press('Enter');
        await page.getByRole('alert').getByText('Remy cannot be reached').waitFor();
      },
      { url: short.url, expectErrors: true },
    );
  });

  test('an empty ledger shows how to import', async () => {
    const status = await scriptedDeps().status(undefined);
    const empty = await startConsole(
      scriptedDeps({ status: async () => ({ ...status, isDemo: false, empty: true, sources: [] }) }),
    );
    await visit(
      async (page) => {
        await page.getByText('npx remy import customers.csv invoices.csv').waitFor();
        expect(await page.getByText('made up').count()).toBe(0);
        await page.screenshot({ path: join(pictures, 'test-empty.png') });
      },
      { url: empty.url },
    );
    await empty.close();
  });

  test('the account page has every section; one that is not there says so', () =>
    visit(
      async (page) => {
        await page.goto(`${server.url}#/accounts/11`);
        await page.getByRole('heading', { name: 'Timeline' }).waitFor();
        for (const name of ['Balance', 'Open invoices', 'Promises', 'Disputes', 'Contacts', 'How they pay'])
          expect(await page.getByRole('heading', { name }).count(), name).toBe(1);
        await page.screenshot({ path: join(pictures, 'test-account.png'), fullPage: true });
        await page.goto(`${server.url}#/accounts/99`);
        await page.getByRole('alert').getByText('There is no such account').waitFor();
        await page.getByText('Back to the conversation').click();
        await page.getByText('What would you like to know?').waitFor();
      },
      { expectErrors: true },
    ));

  test('an account is found from the header', () =>
    visit(async (page) => {
      await page.getByLabel('Find an account').fill('acme');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Acme Logistics (C-0023)' }).waitFor();
    }));

  test.each(['light', 'dark'] as const)(
    'on a phone in %s nothing goes sideways but tables in their own box',
    (scheme) =>
      visit(
        async (page) => {
          await ask(page, 'Who owes us the most?');
          await ask(page, "What's our aging look like?");
          expect(await noSideways(page)).toBe(true);
          const box = page.locator('.scroll').first();
          expect(
            await box.evaluate((node) => node.scrollWidth > node.clientWidth && node.tabIndex === 0),
          ).toBe(true);
          await page.screenshot({ path: join(pictures, `test-phone-${scheme}.png`) });
          await page.goto(`${server.url}#/accounts/11`);
          await page.getByRole('heading', { name: 'Timeline' }).waitFor();
          expect(await noSideways(page)).toBe(true);
        },
        { ...PHONE, colorScheme: scheme },
      ),
  );

  test.each(['light', 'dark'] as const)(
    'text stands out from its ground in %s by 4.5 to 1 or more',
    (scheme) =>
      visit(
        async (page) => {
          await ask(page, 'Who owes us the most?');
          const low = await page.evaluate(() => {
            const luminance = (color: string) => {
              const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
                const share = Number(part) / 255;
                return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
              });
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const ground = (element: Element | null): string => {
              if (!element) return 'rgb(255, 255, 255)';
              const color = getComputedStyle(element).backgroundColor;
              return color.startsWith('rgba') ? ground(element.parentElement) : color;
            };
            return [...document.querySelectorAll('header *, .log *, .composer *, #banner, #banner *')]
              .filter((each) =>
                [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
              )
              .filter((each) => each.getClientRects().length > 0)
              .flatMap((each) => {
                const [a, b] = [luminance(getComputedStyle(each).color), luminance(ground(each))];
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                return ratio < 4.5 ? [`${each.textContent?.slice(0, 30)}: ${ratio.toFixed(2)}`] : [];
              });
          });
          expect(low).toEqual([]);
        },
        { colorScheme: scheme },
      ),
  );
});
