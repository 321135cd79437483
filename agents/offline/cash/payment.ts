/** Which payment is meant: its number, amount, payer, way of paying and day. */
import { resolveWindow } from '../../../src/domain/ledger-query/window.ts';
import { takeCurrency, takeMoney } from '../chasing/words.ts';
import { PHRASE, readWhen } from '../dates/window.ts';
import type { OfflineContext } from '../grammar/context.ts';
import type { Scanner } from '../text/scanner.ts';
import { type Token, typedText } from '../text/tokens.ts';
import type { CashSlots } from './slots.ts';
import { cashWords } from './words.ts';

type Wish = NonNullable<CashSlots['payment']>;

/** Adds to what is known of the payment. */
export const wishOf = (cash: CashSlots, more: Wish): void => {
  cash.payment = { ...cash.payment, ...more };
};

/** How payments are numbered by themselves. */
export const PAYMENT_CODE =
  /^(?:p|pay|py|pmt|pymt|payment|rcpt|dep|txn|trx|trn|pi|ch|bank|bk|wire|ach)[-_]?\d[\w-]*$/i;

/** "Payment P-12", "payment 4411", "PMT-1009". */
export function takePaymentNumber(scan: Scanner, cash: CashSlots): void {
  scan.take(
    'payment number',
    /(?:the )?(?:payment|deposit|wire|transfer|ach|check|cheque)(?: number| no| id| nr| #)? (#?[a-z]{0,8}[-_]?\d[\w-]*)/,
    (match, { to }) => {
      const typed = scan.tokens[to - 1]!.raw.replace(/^#/, '');
      // digits alone are a number only behind the word payment, and no amount
      if (/^\d+$/.test(typed) && !/^(?:the )?payment (?:number |no |id |nr |# )?#?\d/.test(match[0]))
        return false;
      if (/^r\d\d$/i.test(typed)) return false;
      wishOf(cash, { number: typed });
      return true;
    },
  );
  for (const [index, token] of scan.tokens.entries())
    if ((token.by === null || token.by === 'name') && PAYMENT_CODE.test(token.raw)) {
      wishOf(cash, { number: token.raw });
      scan.reserve({ from: index, to: index + 1 }, 'payment number');
    }
}

const METHODS: readonly [RegExp, NonNullable<Wish['method']>][] = [
  [/(?:paper )?(?:checks?|cheques?)/, 'cheque'],
  [/wires?(?: transfers?| payment)?|(?:bank |swift )transfers?|transfers?|swift(?: payment)?/, 'wire'],
  [
    /achs?(?: payment| transfer| credit| debit)?|direct debits?|sepa(?: payment| transfer| direct debit)?/,
    'ach',
  ],
  [/(?:credit )?cards?(?: payment)?|amex|visa|mastercard/, 'card'],
];

/** "The ACH", "check from acme"; "check if" is no cheque. */
export function takeMethod(scan: Scanner, cash: CashSlots): void {
  for (const [words, method] of METHODS)
    scan.take(
      'method',
      new RegExp(`(?:${words.source})(?! (?:if|whether|why|the|fee|fees|charge|charges))`),
      () => {
        wishOf(cash, { method });
      },
    );
}

/** "The juniper one": a number that was written as a word counts things, it is no amount. */
export function hideNumberWords({ tokens }: Scanner): void {
  for (const token of tokens)
    if (token.by === null && /^\d+$/.test(token.word) && !/\d/.test(token.raw)) token.by = 'act';
}

/** The first amount that no other rule took. */
export function takePaymentAmount(scan: Scanner, cash: CashSlots): void {
  if (cash.payment?.amount !== undefined) return;
  hideNumberWords(scan);
  takeMoney(scan, '(?:(?:the|a|an|of|for|over|that|this|amount|with) )*', (amount, currency) => {
    if (cash.payment?.amount !== undefined) return false;
    wishOf(cash, { amount, ...(currency ? { currency } : {}) });
    return true;
  });
}

export const takePaymentCurrency = (scan: Scanner, cash: CashSlots): void => {
  takeCurrency(scan, (currency) => {
    if (!cash.payment?.currency) wishOf(cash, { currency });
  });
};

/** "Of yesterday", "received on 12 Nov", "monday's wire". Only single days tell a payment. */
export function takePaymentDay(scan: Scanner, cash: CashSlots, { today }: OfflineContext): void {
  scan.foldPhrases(PHRASE);
  scan.take(
    'received',
    /(?:(?:received|dated|of|on|from|booked|came in|arrived|the) )*(§\d+)(?: 's)?/,
    (match) => {
      const window = readWhen(scan.expand(match[1]!), today, 'past');
      const { from, to } = window ? resolveWindow(window, today) : {};
      if (!from || from !== to || from > today || cash.payment?.receivedOn) return false;
      wishOf(cash, { receivedOn: from });
      return true;
    },
  );
  scan.unfold();
}

const STOPS = new Set(
  'no not without with for who whom whose is was were are that this which on in at to into against came arrived bounced returned got has had have did does do why match matched unmatched short reopen re-open please thanks invoice today yesterday and or but so memo dated received by from of account iban what it they them we i you if then as because again back twice refund credit charged recalled bounce bouncing return came nsf apply applied unapplied still sitting open yet waiting booked there be paid pays went missing difference'.split(
    ' ',
  ),
);
const NOUN =
  /^(?:payment|payments|wire|wires|ach|check|checks|cheque|cheques|transfer|deposit|money|cash|funds|debit|card)$/;

const open = (token: Token | undefined): token is Token =>
  token !== undefined && (token.by === null || token.by === 'name');
/** Words of an act are no payer, however they are written. */
const known = ({ word, raw }: Token): boolean => cashWords.has(word) || cashWords.has(raw.toLowerCase());
const proper = (token: Token | undefined): boolean =>
  open(token) &&
  (token.by === 'name' || token.quoted || (token.capital && !/^\d/.test(token.raw) && !known(token)));
const joins = (token: Token | undefined): boolean =>
  /^(?:and|of|the|de|van|von|der|&)$/.test(token?.word ?? '');

/** Where the name that begins at `from` ends; `from` itself when there is none. */
function nameEnd(tokens: readonly Token[], from: number, firm: boolean): number {
  let at = from;
  while (open(tokens[at])) {
    const token = tokens[at]!;
    if (at > from && token.breakBefore && !token.quoted) break;
    const name = proper(token);
    if (!name && joins(token) && at > from && proper(tokens[at + 1])) {
      at += 1;
      continue;
    }
    if (!name && (!firm || STOPS.has(token.word) || NOUN.test(token.word) || /^[\d$€£¥'%]/.test(token.word)))
      break;
    if (token.raw === "'s") break;
    at += 1;
  }
  return at;
}

/** "Payment of acme", "sent by acme": behind one payment only, since other things stand behind these words too. */
const isOf = (tokens: readonly Token[], index: number): boolean => {
  const before = tokens[index - 1];
  return (
    /^(?:by|of)$/.test(tokens[index]!.word) &&
    before !== undefined &&
    (/^(?:sent|paid|made|wired)$/.test(before.word) ||
      (!/s$/i.test(before.raw) && (NOUN.test(before.word) || before.by === 'method')))
  );
};

/** "From BRT HOLDINGS LLC", "acme's payment", "the acme wire", "payment of Globex". */
export function takePayer(scan: Scanner, use: (name: string) => void): void {
  const { tokens } = scan;
  for (const [index, token] of tokens.entries()) {
    const lead = token.by === null && (token.word === 'from' || isOf(tokens, index));
    const from = lead
      ? /^(?:the|a|an)$/.test(tokens[index + 1]?.word ?? '')
        ? index + 2
        : index + 1
      : index;
    if (!lead && !proper(token)) continue;
    const to = nameEnd(tokens, from, token.word === 'from');
    if (to === from) continue;
    const next = tokens[to];
    const owns = next?.raw === "'s";
    const noun = tokens[owns ? to + 1 : to];
    const before =
      lead ||
      owns ||
      (noun !== undefined &&
        !noun.breakBefore &&
        (NOUN.test(noun.word) || noun.raw === 'one' || noun.by === 'method'));
    // at the beginning a name is whoever pays: "acme paid short by 112"
    if (
      !before &&
      !/^(?:paid|pay|pays|is|was|sent|wired|bounced|short|deducted|took|withheld|charged|refunded)$/.test(
        next?.word ?? '',
      )
    )
      continue;
    use(typedText(tokens.slice(from, to)).slice(0, 200));
    scan.reserve({ from: index, to: owns ? to + 1 : to }, 'payer');
    return;
  }
}

/** An account: an IBAN, written together or in groups, or what stands behind the word. */
export function takeAccount(scan: Scanner, use: (account: string) => void): void {
  const { tokens } = scan;
  const iban = tokens.findIndex(({ raw }) => /^[a-z]{2}\d{2}[a-z0-9]{0,30}$/i.test(raw) && raw.length >= 4);
  const word = tokens.findIndex(({ raw }) => /^(?:account|acct|iban|acc)$/i.test(raw));
  let from = iban >= 0 ? iban : word + 1;
  if (iban < 0 && word < 0) return;
  while (/^(?:number|no|nr|#|ending|in|with|is|the)$/.test(tokens[from]?.word ?? '')) from += 1;
  let to = from;
  while (
    tokens[to] &&
    /\d/.test(tokens[to]!.raw) &&
    /^[a-z0-9-]+$/i.test(tokens[to]!.raw) &&
    !(to > from && tokens[to]!.breakBefore)
  )
    to += 1;
  const account = tokens
    .slice(from, to)
    .map(({ raw }) => raw)
    .join('');
  if (account.replace(/\D/g, '').length < 4) return;
  use(account.toUpperCase().slice(0, 64));
  scan.reserve({ from: word >= 0 && word < from ? word : from, to }, 'account');
}
