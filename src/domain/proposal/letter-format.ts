/** Amounts, days and counts as each language of a letter writes them. */
import type { Day } from '../calendar.ts';
import type { Language } from '../chase/policy.ts';
import type { DecimalText } from '../money.ts';

const MONTHS: Record<Language, readonly string[]> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
};

const MARKS: Record<Language, { readonly group: string; readonly decimal: string }> = {
  en: { group: ',', decimal: '.' },
  de: { group: '.', decimal: ',' },
  fr: { group: ' ', decimal: ',' },
  es: { group: '.', decimal: ',' },
};

/** Without its currency: "1234.50" is "1.234,50" in German. */
export function letterFigure(amount: DecimalText, language: Language): string {
  const { group, decimal } = MARKS[language];
  const [whole = '0', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, group);
  return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
}

/** "1,234.50 EUR", "1.234,50 EUR", "1 234,50 EUR". */
export const letterAmount = (amount: DecimalText, currency: string, language: Language): string =>
  `${letterFigure(amount, language)} ${currency}`;

export const monthName = (month: number, language: Language): string => MONTHS[language][month - 1] ?? '';

/** "12 May 2026", "12. Mai 2026", "12 mai 2026", "12 de mayo de 2026". */
export function letterDay(day: Day, language: Language): string {
  const year = day.slice(0, 4);
  const month = monthName(+day.slice(5, 7), language);
  const date = +day.slice(8, 10);
  if (language === 'de') return `${date}. ${month} ${year}`;
  if (language === 'es') return `${date} de ${month} de ${year}`;
  return `${language === 'fr' && date === 1 ? '1er' : date} ${month} ${year}`;
}

const DAYS: Record<Language, readonly [one: string, many: string]> = {
  en: ['day', 'days'],
  // dative, since it always follows "seit"
  de: ['Tag', 'Tagen'],
  fr: ['jour', 'jours'],
  es: ['día', 'días'],
};

/** "1 day", "45 days"; in German in the dative, for "seit 45 Tagen". */
export const letterDays = (count: number, language: Language): string =>
  `${count} ${DAYS[language][count === 1 ? 0 : 1]}`;
