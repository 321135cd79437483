/** Every writing of a fact that a letter may hold: how a person who edits it by hand would write it, too. */
import type { LetterFacts } from '../chase/drafting.ts';
import { type Language, languages } from '../chase/policy.ts';
import { letterDay, letterDays, letterFigure, monthName } from './letter-format.ts';
import { LONGEST_LIST } from './letter-values.ts';
import { plainData } from './plain-data.ts';

/** "1234.50", "1,234.50", "1.234,50", "1 234,50"; without decimals where they are zero. */
function amountWritings(amount: string): string[] {
  const [whole = '0', fraction = ''] = amount.split('.');
  const short = /^0*$/.test(fraction) ? [whole] : [];
  return [amount, ...short].flatMap((each) => [
    each,
    each.replace('.', ','),
    ...languages.flatMap((language) => {
      const written = letterFigure(each, language);
      return [written, written.replaceAll(' ', '\u00a0'), written.replaceAll(' ', '\u202f')];
    }),
  ]);
}

const ENGLISH_ENDINGS = ['th', 'st', 'nd', 'rd'];

function dayWritings(day: string): string[] {
  const [year, month, date] = [day.slice(0, 4), +day.slice(5, 7), +day.slice(8, 10)];
  const two = (value: number): string => String(value).padStart(2, '0');
  const numeric = [`${date}.${month}.`, `${two(date)}.${two(month)}.`].flatMap((each) => [
    each,
    `${each}${year}`,
  ]);
  const slashed = ['/', '-'].flatMap((mark) => [
    [two(date), two(month), year].join(mark),
    [date, month, year].join(mark),
  ]);
  const spelled = languages.flatMap((language) => {
    const name = monthName(month, language);
    const whole = letterDay(day, language);
    return [
      whole,
      whole.replace(new RegExp(`(?: de)? ${year}$`), ''),
      `${date} ${name}`,
      `${date} ${name.slice(0, 3)}`,
    ];
  });
  const english = monthName(month, 'en');
  const american = [`${english} ${date}`, `${english.slice(0, 3)} ${date}`].flatMap((each) => [
    `${each}, ${year}`,
    `${each} ${year}`,
    each,
    ...ENGLISH_ENDINGS.map((ending) => `${each}${ending}`),
  ]);
  return [day, ...numeric, ...slashed, ...spelled, ...american];
}

const countWritings = (count: number): string[] =>
  languages.flatMap((language: Language) => {
    const noun = { en: 'invoice', de: 'Rechnung', fr: 'facture', es: 'factura' }[language];
    const many = { en: 'invoices', de: 'Rechnungen', fr: 'factures', es: 'facturas' }[language];
    return [`${count} ${count === 1 ? noun : many}`];
  });

/** The amounts of one invoice, in all writings. */
export const invoiceAmounts = (invoice: LetterFacts['invoices'][number]): string[] =>
  [invoice.openAmount, invoice.amount].flatMap(amountWritings);

/** Amounts that belong to no single invoice. */
export const sharedAmounts = (facts: LetterFacts): string[] =>
  [facts.totalAmount, facts.promise?.amount, facts.payment?.amount].flatMap((each) =>
    each ? amountWritings(each) : [],
  );

/** Every figure, day, number and name that may stand in the letter, the longest first. */
export function knownWritings(facts: LetterFacts): string[] {
  const days = [
    facts.today,
    facts.answerBy,
    facts.promise?.payOn,
    facts.promise?.madeOn,
    facts.payment?.receivedOn,
    ...facts.invoices.map((each) => each.dueOn),
  ];
  const ages = new Set([facts.oldestDaysOverdue, ...facts.invoices.map((each) => each.daysOverdue)]);
  const own = [facts.paymentInstructions, facts.paymentLink, facts.phone, facts.attachment].flatMap((each) =>
    each ? [...each.split('\n'), each].map((line) => line.trim()) : [],
  );
  const names = [facts.companyName, facts.senderName, facts.customerName, facts.greetingName ?? ''];
  const left = facts.invoices.length - LONGEST_LIST;
  const all = [
    ...own,
    ...names.flatMap((name) => [plainData(name), plainData(name, 60)]),
    ...facts.invoices.flatMap(({ number, poNumber }) => [
      plainData(number),
      plainData(number, 50),
      ...(poNumber ? [plainData(poNumber)] : []),
    ]),
    ...facts.invoices.flatMap(invoiceAmounts),
    ...sharedAmounts(facts),
    ...[...new Set(days)].flatMap((each) => (each ? dayWritings(each) : [])),
    ...[...ages].filter((age) => age > 0).flatMap((age) => languages.map((each) => letterDays(age, each))),
    ...[...ages].filter((age) => age > 0).map((age) => `${age} Tage`),
    ...countWritings(facts.invoices.length),
    ...(left > 0
      ? ['and {n} more', 'sowie {n} weitere', 'ainsi que {n} autre', 'ainsi que {n} autres', 'y {n} más'].map(
          (each) => each.replace('{n}', String(left)),
        )
      : []),
  ];
  return [...new Set(all)].filter((each) => each.trim() !== '').sort((a, b) => b.length - a.length);
}
