/** How a bank's CSV is read: the guess as a form, so that a person says what each column is before anything is stored. */

import { withoutInvisible } from '../../../domain/visible-text.ts';
import { csvColumnMeanings } from '../../../ports/bank-csv-map.ts';
import type { BankCsvMap } from '../../../ports/bank-files.ts';
import { el } from './dom.ts';

const MEANINGS: Readonly<Record<(typeof csvColumnMeanings)[number], string>> = {
  bookedOn: 'Day booked',
  valueOn: 'Value day',
  amount: 'Amount, signed',
  debit: 'Money out',
  credit: 'Money in',
  direction: 'In or out',
  currency: 'Currency',
  payerName: 'Payer',
  payerAccount: "Payer's account",
  reference: 'Reference',
  bankReference: "Bank's reference",
  text: 'Text',
  balance: 'Balance',
  status: 'Booked or pending',
  account: 'Own account',
};
const ALWAYS: readonly string[] = [
  'bookedOn',
  'amount',
  'debit',
  'credit',
  'currency',
  'payerName',
  'reference',
  'text',
];

function select(label: string, value: string, options: readonly [string, string][]): HTMLSelectElement {
  const made = el('select', { class: 'control', attributes: { 'aria-label': label } });
  made.append(
    ...options.map(([code, words]) => {
      const option = el('option', { attributes: { value: code } }, words);
      option.selected = code === value;
      return option;
    }),
  );
  return made;
}

const labelled = (label: string, control: HTMLElement): HTMLElement =>
  el('label', { class: 'map-field' }, el('span', {}, label), control);

export type CsvMapForm = {
  element: HTMLElement;
  /** As it stands in the form. */
  read(): BankCsvMap;
};

/** `changed`: something else was chosen, so the file has to be looked at again. */
export function csvMapForm(map: BankCsvMap, confirmed: boolean, changed: () => void): CsvMapForm {
  const columns = new Map<string, HTMLInputElement>();
  const field = (meaning: (typeof csvColumnMeanings)[number]) => {
    const input = el('input', {
      class: 'control',
      attributes: { type: 'text', 'aria-label': `Column of: ${MEANINGS[meaning]}`, placeholder: 'no column' },
    });
    input.value = map.columns[meaning] ?? '';
    columns.set(meaning, input);
    return labelled(MEANINGS[meaning], input);
  };
  const shown = csvColumnMeanings.filter((each) => ALWAYS.includes(each) || map.columns[each]);
  const rest = csvColumnMeanings.filter((each) => !shown.includes(each));
  const dateOrder = select('Order of days', map.dateOrder, [
    ['ymd', '2026-11-25 (year first)'],
    ['dmy', '25.11.2026 (day first)'],
    ['mdy', '11/25/2026 (month first)'],
  ]);
  const decimalMark = select('Decimal mark', map.decimalMark, [
    ['.', '1,234.50 (dot)'],
    [',', '1.234,50 (comma)'],
  ]);
  const said = (label: string, value: string | undefined, placeholder: string) => {
    const input = el('input', {
      class: 'control',
      attributes: { type: 'text', 'aria-label': label, placeholder, maxlength: '64' },
    });
    input.value = value ?? '';
    return input;
  };
  const account = said('Account, where the file names none', map.account, 'as in the file');
  const currency = said('Currency, where the file names none', map.currency, 'as in the file');
  const inverted = select('Sign of money in', map.inverted ? 'inverted' : 'plain', [
    ['plain', 'above zero'],
    ['inverted', 'below zero, as cards do'],
  ]);
  const element = el(
    'fieldset',
    { class: 'csv-map' },
    el('legend', {}, confirmed ? 'Columns, as they were confirmed before' : 'Columns, as they were guessed'),
    ...map.doubts.map((doubt) => el('p', { class: 'notice' }, `Look at this: ${withoutInvisible(doubt)}`)),
    el(
      'div',
      { class: 'map-fields' },
      labelled('Days', dateOrder),
      labelled('Decimals', decimalMark),
      ...shown.map(field),
      labelled('Account, if not in the file', account),
      labelled('Currency, if not in the file', currency),
      labelled('Money in is written', inverted),
    ),
    el(
      'details',
      {},
      el('summary', {}, 'More columns'),
      el('div', { class: 'map-fields' }, ...rest.map(field)),
    ),
  );
  element.addEventListener('change', changed);
  return {
    element,
    read: () => {
      const { account: _, currency: __, inverted: ___, ...rest_ } = map;
      return {
        ...rest_,
        dateOrder: dateOrder.value as BankCsvMap['dateOrder'],
        decimalMark: decimalMark.value as BankCsvMap['decimalMark'],
        columns: Object.fromEntries(
          [...columns]
            .map(([meaning, input]) => [meaning, input.value.trim()])
            .filter(([, header]) => header !== ''),
        ),
        ...(account.value.trim() && { account: account.value.trim() }),
        ...(currency.value.trim() && { currency: currency.value.trim().toUpperCase() }),
        ...(inverted.value === 'inverted' && { inverted: true }),
        doubts: [],
      };
    },
  };
}
