/** What was applied lately, with a way back; and what is remembered of payers, with a way to forget it. */
import { confidenceText, payerText } from '../../../cards/application-blocks.ts';
import { currencyOf } from '../../../cards/cash-list.ts';
import type { PayerMemoryOutput } from '../../../domain/cash/answers.ts';
import type { AppliedMatch } from '../../../domain/cash/applications.ts';
import { placingText } from '../../../domain/cash/placing-words.ts';
import { withoutInvisible } from '../../../domain/visible-text.ts';
import { forgetPayer, readMatches, readPayers, reverse } from './cash-api.ts';
import { announceChange } from './chase-api.ts';
import { button, el, failure, skeleton } from './dom.ts';
import { money } from './money-text.ts';
import { openPayment } from './routes.ts';

const SHOWN = 15;
const seen = (text: string): string => withoutInvisible(text).replace(/\s+/g, ' ').trim();

/** A part that reads itself; `load` reads it again. */
function part(title: string, read: () => Promise<HTMLElement[]>, none: string) {
  const list = el('ul', { class: 'cash-done', attributes: { 'aria-label': title } });
  const load = async (): Promise<void> => {
    if (list.childElementCount === 0) list.replaceChildren(el('li', {}, skeleton(3)));
    try {
      const rows = await read();
      list.replaceChildren(...(rows.length > 0 ? rows : [el('li', { class: 'none' }, none)]));
    } catch (error) {
      list.replaceChildren(
        el(
          'li',
          {},
          failure((error as Error).message, () => void load()),
        ),
      );
    }
  };
  const element = el(
    'section',
    { class: 'part', attributes: { 'aria-label': title } },
    el('h2', {}, title),
    list,
  );
  return { element, load };
}

/** A button that works once; what came of it takes its place in the row. */
function once(label: string, work: () => Promise<string>): HTMLButtonElement {
  const made = button(label, 'quiet', async () => {
    if (made.disabled) return;
    made.disabled = true;
    try {
      const said = await work();
      made.replaceWith(el('p', { class: 'outcome', attributes: { role: 'status' } }, said));
    } catch (error) {
      made.disabled = false;
      const row = made.closest('li');
      row?.querySelector('.problem')?.remove();
      row?.append(el('p', { class: 'problem', attributes: { role: 'alert' } }, (error as Error).message));
    }
  });
  return made;
}

function matchRow(match: AppliedMatch, undone: () => void): HTMLElement {
  const { payment, placing } = match;
  const who = match.origin === 'auto' ? `matching, ${confidenceText(placing.confidence)}` : match.madeBy;
  const undo =
    match.reversedOn === null
      ? once('Undo', async (): Promise<string> => {
          const { reversed } = await reverse(match.matchId);
          undone();
          announceChange();
          return reversed.summary;
        })
      : el(
          'span',
          { class: 'to' },
          `taken back ${match.reversedOn} by ${seen(match.reversedBy ?? 'somebody')}`,
        );
  return el(
    'li',
    { class: match.reversedOn === null ? '' : 'gone' },
    el(
      'div',
      {},
      el(
        'p',
        { class: 'who' },
        el('strong', {}, payment ? seen(payerText(payment)) : 'No money, only let off'),
        el('small', {}, `no. ${match.matchId}, ${match.matchedOn}, by ${seen(who)}`),
      ),
      el('p', { class: 'what' }, seen(placingText(placing, currencyOf(match)))),
    ),
    payment
      ? el('strong', { class: 'sum' }, money(payment.unapplied, payment.currency))
      : el('span', { class: 'sum' }),
    undo,
    payment ? button('Open', 'quiet', () => openPayment(payment.id)) : null,
  );
}

export const appliedLately = (undone: () => void) =>
  part(
    'Applied lately',
    async () => (await readMatches(SHOWN)).matches.map((match) => matchRow(match, undone)),
    'Nothing was applied yet. What matching or a person applies stands here, and can be taken back.',
  );

type Payer = PayerMemoryOutput['payers'][number];

function payerRow({ kind, key, customer, times, lastOn, learnedBy }: Payer): HTMLElement {
  return el(
    'li',
    {},
    el(
      'div',
      {},
      el(
        'p',
        { class: 'who' },
        el('strong', {}, seen(key)),
        el(
          'small',
          {},
          `${kind}; ${times === 1 ? 'once' : `${times} times`}, last ${lastOn}, by ${seen(learnedBy)}`,
        ),
      ),
      el(
        'p',
        { class: 'what' },
        'pays for ',
        el(
          'a',
          { attributes: { href: `#/accounts/${customer.id}` } },
          `${seen(customer.name)} (${customer.code})`,
        ),
      ),
    ),
    once('Forget', async (): Promise<string> => {
      await forgetPayer({ kind, key, customerId: customer.id });
      return 'Forgotten.';
    }),
  );
}

export const rememberedPayers = () =>
  part(
    'Remembered payers',
    async () => (await readPayers()).payers.map(payerRow),
    'Nothing is remembered of payers yet. Each application that a person approves teaches who pays for whom.',
  );
