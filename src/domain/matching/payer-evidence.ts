/** Whose money it is: how much likelier the payer's name and account are when a customer pays than otherwise. */
import { type CustomerIndex, codeKey } from './customer-index.ts';
import type { LearnedPayers } from './learned-payers.ts';
import type { NameFit } from './payer-name.ts';
import type { PaymentView } from './payment-view.ts';
import type { MatchCustomer } from './shapes.ts';

export type PayerEvidence = {
  readonly nats: number;
  /** How it is known; `none`: no name and no account, `stranger`: a name that is not theirs. */
  readonly how: 'ledger' | 'account' | 'code' | NameFit | 'none' | 'stranger' | 'someone else';
  /** A member of its family pays, not it. */
  readonly family: boolean;
  readonly words: string;
};

/** Of ten thousand customers, how much a name that fits so tells. */
const BY_FIT: Readonly<Record<Exclude<NameFit, 'other'>, number>> = {
  same: 8.5,
  known: 8.5,
  close: 7,
  part: 6,
  word: 4,
  short: 3.5,
  hint: 1,
};
const LEDGER = 9.2;
const ACCOUNT = 8.5;
const CODE = 8;
const SHORT_CODE = 5.5;
const TWO_AGREE = 1.5;
const STRANGER = -3.5;
const SOMEONE_ELSE = -5;
/** One payment in forty is made by another member of the family. */
const FAMILY = -3.5;

const WORDS: Readonly<Record<NameFit, (name: string, customer: string) => string>> = {
  same: (_, customer) => `the payer's name is ${customer}'s`,
  known: (name, customer) => `"${name}" is one of ${customer}'s known names`,
  close: (name, customer) => `"${name}" is nearly ${customer}`,
  part: (name, customer) => `"${name}" is a part of ${customer}'s name`,
  word: (name, customer) => `"${name}" shares a word with ${customer}`,
  short: (name, customer) => `"${name}" may be short for ${customer}`,
  hint: (name, customer) => `"${name}" could be short for ${customer}`,
  other: (name, customer) => `"${name}" is not known as ${customer}`,
};

export type PayerContext = {
  readonly customers: CustomerIndex;
  readonly learned: LearnedPayers;
  /** `nameFit`, remembered. */
  readonly fit: (names: readonly string[], customer: MatchCustomer) => NameFit;
};

type Own = { nats: number; how: PayerEvidence['how']; words: string } | null;

function byName(view: PaymentView, customer: MatchCustomer, { learned, fit: fitOf }: PayerContext): Own {
  if (view.payer === '') return null;
  const name = view.payment.payerName!.slice(0, 80);
  const times = learned.timesNamed(view.payer, customer.id);
  const fit = fitOf([view.payer, ...view.payerBases], customer);
  if (fit === 'same' || (times === 0 && fit !== 'known'))
    return fit === 'other' ? null : { nats: BY_FIT[fit], how: fit, words: WORDS[fit](name, customer.name) };
  const remembered = customer.memory.find(
    ({ kind, key }) => kind === 'name' && [view.payer, ...view.payerBases].includes(key),
  );
  const why =
    times > 0
      ? `${times} sure match${times === 1 ? '' : 'es'} of this run`
      : remembered
        ? `${remembered.times} confirmed match${remembered.times === 1 ? '' : 'es'}`
        : 'an alias in the ledger';
  return { nats: BY_FIT.known, how: 'known', words: `${WORDS.known(name, customer.name)} (${why})` };
}

function byAccount(view: PaymentView, customer: MatchCustomer, { learned }: PayerContext): Own {
  if (view.account === null) return null;
  const remembered = customer.memory.find(({ kind, key }) => kind === 'account' && key === view.account);
  const times = (remembered?.times ?? 0) + learned.timesPaidFrom(view.account, customer.id);
  if (times === 0) return null;
  const others = learned.othersPaidFrom(view.account, customer.id);
  const nats = others > 0 ? ACCOUNT + Math.log(times / (times + others)) - 1 : ACCOUNT;
  const words = `${customer.name} has paid from this account before (${times} match${times === 1 ? '' : 'es'})`;
  return { nats, how: 'account', words };
}

/** A customer number in the text; one of four or five digits may be any number. */
function byCode(view: PaymentView, customer: MatchCustomer): Own {
  const code = codeKey(customer.code);
  if (code === '' || !view.codes.includes(code)) return null;
  const nats = code.length >= 6 ? CODE : SHORT_CODE;
  return { nats, how: 'code', words: `the text has ${customer.name}'s customer number ${customer.code}` };
}

function ownEvidence(view: PaymentView, customer: MatchCustomer, context: PayerContext): Own {
  if (view.payment.customerId === customer.id)
    return { nats: LEDGER, how: 'ledger', words: `the ledger has it as ${customer.name}'s` };
  const account = byAccount(view, customer, context) ?? byCode(view, customer);
  const name = byName(view, customer, context);
  if (!name || !account) return name ?? account;
  const stronger = account.nats >= name.nats ? account : name;
  return {
    nats: Math.max(name.nats, account.nats) + TWO_AGREE,
    how: stronger.how,
    words: `${name.words}; ${account.words}`,
  };
}

/** True when the payer is known to be another customer, by ledger, account or full name. */
function isSomeoneElse(
  view: PaymentView,
  customer: MatchCustomer,
  { customers, learned }: PayerContext,
): boolean {
  if (view.payment.customerId !== null) return view.payment.customerId !== customer.id;
  if (view.account !== null) {
    if (customers.paidFrom(view.account).some(({ id }) => id !== customer.id)) return true;
    if (learned.othersPaidFrom(view.account, customer.id) > 0) return true;
  }
  return [view.payer, ...view.payerBases].some(
    (name) => name !== '' && customers.named(name).some(({ id }) => id !== customer.id),
  );
}

/** What payer name, account and ledger say for or against this customer. */
export function payerEvidence(
  view: PaymentView,
  customer: MatchCustomer,
  context: PayerContext,
): PayerEvidence {
  const own = ownEvidence(view, customer, context);
  if (own && own.nats >= BY_FIT.part) return { ...own, family: false };
  let best: PayerEvidence | null = own ? { ...own, family: false } : null;
  for (const member of context.customers.family(customer.id)) {
    if (member.id === customer.id) continue;
    const theirs = ownEvidence(view, member, context);
    if (!theirs || theirs.nats < BY_FIT.part || theirs.nats + FAMILY <= (best?.nats ?? 0)) continue;
    const words = `${theirs.words}, of the same group as ${customer.name}`;
    best = { nats: theirs.nats + FAMILY, how: theirs.how, family: true, words };
  }
  if (isSomeoneElse(view, customer, context) && (best === null || !best.family)) {
    const nats = SOMEONE_ELSE + Math.max(0, (best?.nats ?? 0) / 2);
    const words = `the payer is known as another customer than ${customer.name}`;
    return { nats, how: 'someone else', family: false, words };
  }
  if (best) return best;
  if (view.payer === '') return { nats: 0, how: 'none', family: false, words: 'the payment names no payer' };
  const words = WORDS.other(view.payment.payerName!.slice(0, 80), customer.name);
  return { nats: STRANGER, how: 'stranger', family: false, words };
}
