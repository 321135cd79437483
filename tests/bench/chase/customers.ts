/** Scripted customers: what each of them does after a message, and of its own accord. */
import type { Random } from '../../../demo/random.ts';
import { addDays } from '../../../src/domain/calendar.ts';
import type { Agenda } from './agenda.ts';
import { type Account, openAt, ourDay, type Send, type SimInvoice } from './world.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export type Cast = {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly count: (what: string) => void;
};

/** From 0 to 1. */
export const share = (random: Random): number => random.int(0, 999_999) / 1_000_000;

let ids = 0;
const nextId = () => ++ids;

/** Pays what is open; sometimes the money lies on no invoice for some days, or nobody knows whose it is. */
export function pay(
  { agenda, random, count }: Cast,
  account: Account,
  invoice: SimInvoice,
  at: number,
): void {
  const minor = openAt(invoice, at);
  if (minor <= 0n) return;
  count('payments');
  const put = (when: number) => {
    const left = openAt(invoice, when);
    if (left > 0n) invoice.paid.push({ at: when, minor: left });
  };
  if (share(random) < 0.75) {
    put(at);
    return;
  }
  count('payments on no invoice for a while');
  const to = at + share(random) * 4 * DAY;
  account.loose.push({
    span: { from: at, to },
    minor,
    currency: invoice.currency,
    known: share(random) < 0.5,
  });
  agenda.add(to, put);
}

function promise(cast: Cast, account: Account, { invoices, currency }: Send, at: number): void {
  const { agenda, random, count } = cast;
  const about = account.invoices.filter((each) => invoices.includes(each.id) && openAt(each, at) > 0n);
  if (about.length === 0) return;
  const named = share(random) < 0.5;
  const some = named ? about.slice(0, 1) : about;
  const total = some.reduce((sum, each) => sum + openAt(each, at), 0n);
  const payOn = addDays(ourDay(at), random.int(2, 16));
  const amountMinor = named || share(random) < 0.6 ? total : (total * 2n) / 3n + 1n;
  account.promises.push({
    ...{ id: nextId(), at, madeOn: ourDay(at), payOn, currency, amountMinor },
    invoiceIds: named ? some.map((each) => each.id) : [],
  });
  count('promises');
  if (share(random) < 0.55)
    agenda.add(Date.parse(`${payOn}T14:00:00Z`), (when) => {
      for (const each of some) pay(cast, account, each, when);
    });
  else count('promises that were broken');
}

function dispute({ random, count }: Cast, account: Account, { invoices }: Send, at: number): void {
  const invoice = account.invoices.find((each) => invoices.includes(each.id) && openAt(each, at) > 0n);
  invoice?.disputes.push({ from: at, to: at + random.int(8, 30) * DAY });
  count('disputes');
}

function reply({ agenda, random, count }: Cast, account: Account, at: number): void {
  account.messagesIn.push(at);
  count('replies');
  const answered = at + share(random) * 4 * DAY;
  agenda.add(answered, (when) => account.answers.push(when));
}

/** Later somebody else takes over, so that the year goes on. */
function leave(
  { agenda, count }: Cast,
  account: Account,
  to: readonly string[],
  at: number,
  how: 'optedOutAt' | 'bouncedAt',
): void {
  for (const each of account.contacts) if (to.includes(each.email)) each[how] = at;
  count(how === 'optedOutAt' ? 'opt-outs' : 'addresses that came back');
  agenda.add(at + 40 * DAY, () => {
    const id = nextId();
    account.contacts.push({
      id,
      email: `new${id}@${account.customer.code.toLowerCase()}.test`,
      optedOutAt: null,
      bouncedAt: null,
    });
  });
}

/** What a customer does about a message, some time after it. */
export function react(cast: Cast, send: Send): void {
  const { agenda, random } = cast;
  const { account } = send;
  const at = send.at + (0.1 + share(random) * 6) * DAY;
  const dice = share(random);
  agenda.add(at, (when) => {
    const mine = account.invoices.filter((each) => send.invoices.includes(each.id));
    if (dice < 0.28) for (const each of mine) pay(cast, account, each, when);
    else if (dice < 0.38) pay(cast, account, mine[0]!, when);
    else if (dice < 0.56) promise(cast, account, send, when);
    else if (dice < 0.63) dispute(cast, account, send, when);
    else if (dice < 0.75) reply(cast, account, when);
    else if (dice < 0.78) leave(cast, account, send.to, when, 'optedOutAt');
    else if (dice < 0.8) leave(cast, account, send.to, when, 'bouncedAt');
  });
}

/** Of its own accord: pays some invoices late or in time; and our own people put some accounts on hold. */
export function live(cast: Cast, account: Account, from: number, days: number): void {
  const { agenda, random, count } = cast;
  for (const invoice of account.invoices) {
    if (share(random) < 0.4) continue;
    const on =
      Date.parse(`${addDays(invoice.dueOn, random.int(-4, 45))}T13:00:00Z`) + share(random) * 8 * HOUR;
    agenda.add(Math.max(on, from), (when) => pay(cast, account, invoice, when));
  }
  for (let month = 0; month < days / 30; month++) {
    if (share(random) > 0.12) continue;
    const at = from + (month * 30 + share(random) * 30) * DAY;
    agenda.add(at, (when) => {
      account.holds.push({ from: when, to: when + random.int(4, 20) * DAY });
      count('holds');
    });
  }
}
