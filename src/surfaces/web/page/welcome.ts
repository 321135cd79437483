/** What stands where no question was asked yet: examples, or how to bring a ledger in. */
import { button, el } from './dom.ts';

const EXAMPLES = [
  'Who owes us the most right now?',
  "What's our aging look like?",
  "Who promised to pay this week and hasn't yet?",
  'DSO last 6 months and how you calc it',
  "What's the story with Northwind?",
];

export const examples = (ask: (text: string) => void): HTMLElement =>
  el(
    'section',
    { class: 'welcome' },
    el('h1', {}, 'What would you like to know?'),
    el(
      'p',
      {},
      'Ask in your own words about invoices, customers, payments, promises and disputes. Every figure comes from the ledger, with the rows behind it one click away.',
    ),
    el(
      'ul',
      { attributes: { 'aria-label': 'Example questions' } },
      ...EXAMPLES.map((text) =>
        el(
          'li',
          {},
          button(text, 'example', () => ask(text)),
        ),
      ),
    ),
  );

export const emptyLedger = (): HTMLElement => {
  const command = 'npx remy import customers.csv invoices.csv';
  const copy = button('Copy', 'quiet', () => {
    void navigator.clipboard?.writeText(command).then(() => {
      copy.textContent = 'Copied';
    });
  });
  return el(
    'section',
    { class: 'welcome' },
    el('h1', {}, 'Your ledger is empty'),
    el('p', {}, 'Bring in what you export from your accounting system; then ask about it here.'),
    el('div', { class: 'command' }, el('code', {}, command), copy),
    el(
      'ul',
      { class: 'plain' },
      el('li', {}, 'CSV files of customers, contacts, invoices, payments, applications and credits.'),
      el('li', {}, 'Exports of QuickBooks, Xero, NetSuite and Stripe work as they are.'),
      el(
        'li',
        {},
        'A line that cannot be read is named and skipped; importing the same file twice changes nothing.',
      ),
    ),
    el(
      'p',
      {},
      button('I have imported, look again', 'quiet', () => location.reload()),
    ),
  );
};
