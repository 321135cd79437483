/** Orders about cash: put money on invoices, let a rest off, take money off again. */
import { takeKinds, takeLetOff } from './adjustments.ts';
import { takeParts } from './parts.ts';
import { takePayer, takePaymentAmount, takePaymentCurrency, takePaymentNumber, wishOf } from './payment.ts';
import type { CashSlots } from './slots.ts';
import { invoicesOf, type Take, takeNth, takeWhich } from './take-which.ts';

const takeAlternative: Take = (scan, cash) => {
  const NAMES = '(?:alternative|option|alt|suggestion|solution|choice|proposal|variant)';
  const set = (word: string): boolean => {
    const found = { 1: 1, a: 1, first: 1, '1st': 1, 2: 2, b: 2, second: 2, '2nd': 2, other: 1, next: 1 }[
      word
    ];
    if (!found) return false;
    cash.alternative = found;
    return true;
  };
  scan.take('alternative', new RegExp(`(?:the )?${NAMES} (?:number |no |# )?(1|2|a|b)`), (match) =>
    set(match[1]!),
  );
  scan.take('alternative', new RegExp(`(?:the )?(first|second|1st|2nd|other|next) ${NAMES}`), (match) =>
    set(match[1]!),
  );
};

const takeCredits: Take = (scan, cash) => {
  const { tokens } = scan;
  tokens.forEach((token, index) => {
    if (token.word !== 'credit' || token.by !== null) return;
    let at = index + 1;
    while (/^(?:note|memo|number|no|nr|#)$/.test(tokens[at]?.word ?? '')) at += 1;
    const raw = tokens[at]?.raw.replace(/^#/, '') ?? '';
    if (!/^[a-z]{1,6}-?\d[\w-]*$/i.test(raw)) return;
    cash.credits = [...(cash.credits ?? []), raw.toUpperCase()];
    scan.reserve({ from: index, to: at + 1 }, 'credit');
  });
};

/** "And write off the rest", "the 25 is a bank fee", beside what the money is put on. */
const takeBeside: Take = (scan, cash) => {
  const [kind] = takeKinds(scan);
  if (!kind) return;
  takeLetOff(scan, cash);
  cash.adjustments = [{ kind, ...(cash.amount ? { amount: cash.amount } : {}) }];
  delete cash.amount;
  delete cash.currency;
};

export const takeApply: Take = (scan, cash, draft, context) => {
  takeAlternative(scan, cash, draft, context);
  takeCredits(scan, cash, draft, context);
  if (!cash.corrects) {
    scan.take(
      'payment',
      /(?:(?:the|this|that|a|his|her|their|our) )+([$€£¥]\s?\d[\d,]*(?:\.\d+)?|\d[\d,]*(?:\.\d+)?)(?= (?:wire|ach|check|cheque|transfer|payment|deposit|from|usd|eur|gbp|jpy|of))/,
      (match) => {
        wishOf(cash, { amount: match[1]!.replace(/[^\d.]/g, '') });
      },
    );
    takeWhich(scan, cash, draft, context);
    takeNth(scan, cash, draft, context);
  }
  takeParts(scan, cash);
  takeBeside(scan, cash, draft, context);
};

export const takeAdjust: Take = (scan, cash, draft) => {
  const [kind] = takeKinds(scan);
  if (kind) cash.kind = kind;
  scan.take('invoice', /(?:on|of|for|from|off) (?:the )?(?:invoice )?(\d{3,}(?:-\d+)?)(?= |$)/, (match) => {
    cash.invoice ??= match[1]!;
  });
  const [invoice] = invoicesOf(draft);
  if (invoice) cash.invoice = invoice;
  takePaymentNumber(scan, cash);
  takePayer(scan, (payer) => wishOf(cash, { payer }));
  takeLetOff(scan, cash);
};

const BECAUSE: readonly [RegExp, NonNullable<CashSlots['because']>][] = [
  [/ (?:charge-?backs?|charged? back|clawed back) /, 'chargeback'],
  [/ (?:bounced?|bouncing|nsf|dishonou?red) /, 'bounced_cheque'],
  [/ refunded /, 'refund'],
  [/ (?:returned|return|r\d\d|came back|sent back|insufficient funds|recalled|reversed by) /, 'returned'],
];

export const takeReverse: Take = (scan, cash, draft, context) => {
  const text = ` ${scan.tokens.map(({ raw }) => raw.toLowerCase()).join(' ')} `;
  cash.because = BECAUSE.find(([words]) => words.test(text))?.[1] ?? 'mistake';
  // an ACH that bounced was returned; only cheques bounce
  if (cash.because === 'bounced_cheque' && / (?:ach|sepa|debit|transfer) /.test(text))
    cash.because = 'returned';
  scan.take('code', /(?:code |reason )*(r\d\d)/, (match) => {
    cash.note = match[1]!.toUpperCase();
  });
  takeWhich(scan, cash, draft, context);
  takeNth(scan, cash, draft, context);
  scan.take('invoice', /(?:on|of|for|from) (?:the )?(?:invoice )?(\d{4,}(?:-\d+)?)(?= |$)/, (match) => {
    if (invoicesOf(draft).length > 0 || cash.invoice) return false;
    cash.invoice = match[1]!;
    return true;
  });
  const [invoice] = invoicesOf(draft);
  if (invoice) cash.invoice = invoice;
  takePaymentAmount(scan, cash);
  // of a payment that is named otherwise, so much left again
  if (cash.payment?.amount && (cash.invoice || cash.payment.number)) {
    cash.amount = cash.payment.amount;
    const { amount: _, ...rest } = cash.payment;
    cash.payment = rest;
    if (Object.keys(rest).length === 0) delete cash.payment;
  }
  takePaymentCurrency(scan, cash);
};
