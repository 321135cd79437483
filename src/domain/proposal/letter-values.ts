/**
 * What code puts into a letter: every figure, day, number, link and payment instruction. The prose holds placeholders
 * only, and a placeholder whose fact is missing does not exist for that letter.
 */
import type { LetterFacts } from '../chase/drafting.ts';
import type { Language } from '../chase/policy.ts';
import { withoutInvisible } from '../visible-text.ts';
import { letterAmount, letterDay, letterDays, letterFigure } from './letter-format.ts';
import { plainData } from './plain-data.ts';

export const placeholders = [
  'greeting',
  'customer',
  'company',
  'sender',
  'phone',
  'invoice_list',
  'invoice_number',
  'invoice_count',
  'due_day',
  'total',
  'oldest_days',
  'po_numbers',
  'promise_amount',
  'promise_day',
  'payment_amount',
  'payment_day',
  'how_to_pay',
  'answer_by',
  'attachment',
  'today',
] as const;
export type Placeholder = (typeof placeholders)[number];
export type LetterValues = ReadonlyMap<Placeholder, string>;

/** More would not fit a mail that somebody reads; a statement is attached then. */
export const LONGEST_LIST = 50;

type Invoice = LetterFacts['invoices'][number];
type Words = {
  readonly greeting: (name: string | null) => string;
  readonly due: (day: string) => string;
  readonly overdue: (days: string) => string;
  readonly openOf: (open: string, amount: string) => string;
  readonly po: (number: string) => string;
  readonly colon: string;
  readonly more: (count: number, attached: boolean) => string;
  readonly online: string;
};

const WORDS: Record<Language, Words> = {
  en: {
    greeting: (name) => (name ? `Hello ${name},` : 'Hello,'),
    due: (day) => `due ${day}`,
    overdue: (days) => `${days} overdue`,
    openOf: (open, amount) => `${open} open of ${amount}`,
    po: (number) => `your order ${number}`,
    colon: ': ',
    more: (count, attached) => `and ${count} more${attached ? ' on the attached statement' : ''}`,
    online: 'Pay online: ',
  },
  de: {
    greeting: (name) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
    due: (day) => `fällig am ${day}`,
    overdue: (days) => `seit ${days} überfällig`,
    openOf: (open, amount) => `${open} offen von ${amount}`,
    po: (number) => `Ihre Bestellnummer ${number}`,
    colon: ': ',
    more: (count, attached) => `sowie ${count} weitere${attached ? ' im beigefügten Kontoauszug' : ''}`,
    online: 'Online bezahlen: ',
  },
  fr: {
    greeting: (name) => (name ? `Bonjour ${name},` : 'Bonjour,'),
    due: (day) => `échéance le ${day}`,
    overdue: (days) => `${days} de retard`,
    openOf: (open, amount) => `${open} restant dus sur ${amount}`,
    po: (number) => `votre commande ${number}`,
    colon: ' : ',
    more: (count, attached) =>
      `ainsi que ${count} ${count === 1 ? 'autre' : 'autres'}${attached ? ' sur le relevé joint' : ''}`,
    online: 'Payer en ligne : ',
  },
  es: {
    greeting: (name) => (name ? `Buenos días, ${name}:` : 'Buenos días:'),
    due: (day) => `vencimiento el ${day}`,
    overdue: (days) => `${days} de retraso`,
    openOf: (open, amount) => `${open} pendientes de ${amount}`,
    po: (number) => `su pedido ${number}`,
    colon: ': ',
    more: (count, attached) => `y ${count} más${attached ? ' en el extracto adjunto' : ''}`,
    online: 'Pagar en línea: ',
  },
};

/** "- INV-7: 1,234.50 EUR, due 12 May 2026, 45 days overdue"; what is open only in part says of how much. */
function invoiceLine(invoice: Invoice, facts: LetterFacts): string {
  const { language, currency, mentionPo } = facts;
  const words = WORDS[language];
  const open = letterAmount(invoice.openAmount, currency, language);
  const amount =
    invoice.openAmount === invoice.amount
      ? open
      : words.openOf(
          letterFigure(invoice.openAmount, language),
          letterAmount(invoice.amount, currency, language),
        );
  return [
    `- ${plainData(invoice.number) || '#'}${words.colon}${amount}`,
    words.due(letterDay(invoice.dueOn, language)),
    ...(invoice.daysOverdue > 0 ? [words.overdue(letterDays(invoice.daysOverdue, language))] : []),
    ...(mentionPo && invoice.poNumber ? [words.po(plainData(invoice.poNumber))] : []),
  ].join(', ');
}

function invoiceList(facts: LetterFacts): string | null {
  const shown = facts.invoices.slice(0, LONGEST_LIST).map((each) => invoiceLine(each, facts));
  const left = facts.invoices.length - shown.length;
  if (shown.length === 0) return null;
  return [
    ...shown,
    ...(left > 0 ? [`- ${WORDS[facts.language].more(left, facts.attachment !== null)}`] : []),
  ].join('\n');
}

/** Each purchase order once, in the order of the invoices; null when there is none. */
function poNumbers({ invoices }: LetterFacts): string | null {
  const numbers = new Set(
    invoices.flatMap(({ poNumber }) => (poNumber ? [plainData(poNumber)] : [])).filter(Boolean),
  );
  return numbers.size === 0 ? null : [...numbers].slice(0, LONGEST_LIST).join(', ');
}

/** The company's own text keeps its lines. */
const ownText = (text: string | null): string | null => withoutInvisible(text ?? '').trim() || null;

function howToPay({ paymentInstructions, paymentLink, language }: LetterFacts): string | null {
  const link = ownText(paymentLink);
  const parts = [ownText(paymentInstructions), link && `${WORDS[language].online}${link}`];
  return parts.filter(Boolean).join('\n') || null;
}

/** The values of this letter; a placeholder that is not in the map has no fact behind it. */
export function letterValues(facts: LetterFacts): LetterValues {
  const { language, currency, invoices, promise, payment, oldestDaysOverdue } = facts;
  const money = (amount: string): string => letterAmount(amount, currency, language);
  const date = (day: string): string => letterDay(day, language);
  const [first] = invoices;
  const single = invoices.length === 1 && first !== undefined ? first : null;
  const values: Record<Placeholder, string | null> = {
    greeting: WORDS[language].greeting(facts.greetingName ? plainData(facts.greetingName, 60) : null),
    customer: plainData(facts.customerName) || null,
    company: plainData(facts.companyName) || null,
    sender: plainData(facts.senderName) || null,
    phone: facts.phone ? plainData(facts.phone) : null,
    invoice_list: invoiceList(facts),
    invoice_number: single && (plainData(single.number, 50) || '#'),
    invoice_count: invoices.length > 1 ? String(invoices.length) : null,
    due_day: single && date(single.dueOn),
    total: first ? money(facts.totalAmount) : null,
    oldest_days: first && oldestDaysOverdue > 0 ? letterDays(oldestDaysOverdue, language) : null,
    po_numbers: poNumbers(facts),
    promise_amount: promise && money(promise.amount),
    promise_day: promise && date(promise.payOn),
    payment_amount: payment && money(payment.amount),
    payment_day: payment && date(payment.receivedOn),
    how_to_pay: howToPay(facts),
    answer_by: date(facts.answerBy),
    attachment: ownText(facts.attachment),
    today: date(facts.today),
  };
  return new Map(
    placeholders.flatMap((name): [Placeholder, string][] => {
      const value = values[name];
      return value ? [[name, value]] : [];
    }),
  );
}
