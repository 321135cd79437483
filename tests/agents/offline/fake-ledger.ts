/** Hand-made tool answers in the shapes of the contract: a few customers, and figures that only have to be carried over. */

import { typingDistance } from '../../../agents/offline/text/spelling.ts';
import { baseName, foldName } from '../../../src/domain/customer.ts';
import type { FindCustomerOutput } from '../../../src/domain/ledger-query/answers.ts';
import { type LedgerQuestionInput, ledgerQuestion } from '../../../src/domain/ledger-query/question.ts';

export type Customer = {
  id: number;
  code: string;
  name: string;
  country: string;
  parent?: number;
  owner: string;
};

const maria = 'maria.lopez@demo.example';
const james = 'james.carter@demo.example';

/** Some of the demo company's customers, and a few whose names hold words of the grammar. */
export const customers: readonly Customer[] = [
  { id: 1, code: 'C-0001', name: 'Acme Corporation', country: 'US', owner: maria },
  { id: 2, code: 'C-0002', name: 'Acme GmbH', country: 'DE', parent: 1, owner: maria },
  { id: 3, code: 'C-0003', name: 'Globex Corporation', country: 'US', owner: james },
  { id: 4, code: 'C-0004', name: 'Northwind Traders', country: 'US', owner: maria },
  { id: 5, code: 'C-0005', name: 'Stark Industries', country: 'US', owner: james },
  { id: 6, code: 'C-0006', name: 'Pied Piper', country: 'US', owner: maria },
  { id: 7, code: 'C-0007', name: 'Initech', country: 'US', owner: maria },
  { id: 8, code: 'C-0008', name: 'Acme UK Ltd', country: 'GB', parent: 1, owner: maria },
  { id: 9, code: 'C1021', name: 'Delta Foods', country: 'CA', owner: james },
  { id: 10, code: 'C1020', name: 'Delta Freight', country: 'US', owner: maria },
  { id: 11, code: 'C-0011', name: 'Hooli', country: 'US', owner: james },
  { id: 12, code: 'C-0012', name: 'Sterling Cooper Advertising', country: 'US', owner: james },
  { id: 13, code: 'C-0013', name: 'Müller & Söhne Maschinenbau GmbH', country: 'DE', owner: james },
  { id: 14, code: 'C-0014', name: 'Vandelay Industries', country: 'US', owner: maria },
  { id: 15, code: 'C-0015', name: 'Summit Payments Ltd', country: 'GB', owner: maria },
  { id: 16, code: 'C-0016', name: 'Johnson and Johnson', country: 'US', owner: maria },
  { id: 17, code: 'C-0017', name: 'Texas Instruments', country: 'US', owner: maria },
  { id: 18, code: 'C-0018', name: 'Bank of Springfield', country: 'US', owner: maria },
  { id: 19, code: 'C-0019', name: 'Open Text', country: 'CA', owner: maria },
];

/** The words of this ledger. */
export const vocabulary = {
  segments: ['Enterprise', 'Mid-market', 'SMB'],
  owners: [
    { email: james, name: 'James Carter' },
    { email: maria, name: 'Maria Lopez' },
  ],
  currencies: ['EUR', 'GBP', 'JPY', 'USD'],
};

const ref = ({ id, code, name }: Customer) => ({ id, code, name });
type Match = FindCustomerOutput['matches'][number];

const match = (customers: readonly Customer[], customer: Customer, how: Match['how']): Match => {
  const parent = customers.find((each) => each.id === customer.parent);
  return {
    ...ref(customer),
    how,
    parent: parent ? ref(parent) : null,
    children: customers
      .filter((each) => each.parent === customer.id)
      .map((each) => ({ ...ref(each), country: each.country })),
    country: customer.country,
    owner: customer.owner,
    open: [],
  };
};

/** Policy P-5; with `confusable`, companies of one group are asked back like any others. */
export function findCustomer(
  name: string,
  confusable = false,
  among: readonly Customer[] = customers,
): FindCustomerOutput {
  const folded = foldName(name);
  const words = folded.split(' ');
  const tiers: [Match['how'], Customer[]][] = [
    ['code', among.filter((each) => each.code.toLowerCase() === name.trim().toLowerCase())],
    ['exact', among.filter((each) => foldName(each.name) === folded)],
    ['exact', among.filter((each) => baseName(each.name) === baseName(name))],
    ['part', among.filter((each) => words.every((word) => foldName(each.name).split(' ').includes(word)))],
    [
      'close',
      among.filter(
        (each) => folded.length > 3 && typingDistance(baseName(each.name), baseName(name), 2) <= 2,
      ),
    ],
  ];
  const [how, found] = tiers.find(([, list]) => list.length > 0) ?? ['close', []];
  const matches = found.map((each) => match(among, each, how));
  const [first] = found;
  if (!first) return { asked: name, resolved: null, why: 'none', matches: [] };
  if (found.length === 1)
    return { asked: name, resolved: ref(first), why: how === 'close' ? 'spelling' : 'one', matches };
  const head = found.find((each) => found.every((other) => other === each || other.parent === each.id));
  if (head && !confusable) return { asked: name, resolved: ref(head), why: 'group', matches };
  return { asked: name, resolved: null, why: 'several', matches };
}

const total = { currency: 'USD', count: 3, amount: '15000.00', open: '12500.00' };

/** A result in the contract's shape, the same figures for every question. */
export function queryLedger(input: Record<string, unknown>, figureId = 7) {
  const question = ledgerQuestion.parse(input as LedgerQuestionInput);
  const values = Object.fromEntries(
    question.measures.map((each) => [
      each,
      each === 'count'
        ? 3
        : each.startsWith('share')
          ? '43.2'
          : each === 'max_days_overdue'
            ? 41
            : '12500.00',
    ]),
  );
  const group = question.groupBy.includes('customer')
    ? { customer: { id: 3, code: 'C-0003', name: 'Globex Corporation' } }
    : {};
  const limited = question.limit ? { shownOpen: '5400.00', shownShareOfOpen: '43.2' } : {};
  return {
    question,
    description: 'what was filtered',
    asOf: question.asOf ?? '2026-08-20',
    ...(question.measures.length > 0
      ? { groups: [{ ...group, currency: 'USD', values }] }
      : {
          rows: [
            {
              id: 1,
              number: 'INV-9',
              customer: { id: 3, code: 'C-0003', name: 'Globex Corporation' },
              currency: 'USD',
              amount: '15000.00',
              open: '12500.00',
              dueOn: '2026-07-10',
              issuedOn: '2026-06-10',
              receivedOn: '2026-07-01',
              daysOverdue: 41,
              ageDays: 71,
              status: 'overdue',
            },
          ],
        }),
    rowCount: 1,
    truncated: false,
    totals: [{ ...total, ...limited }],
    ...(question.compareWith
      ? { comparedTotals: [{ ...total, open: '9000.00' }], comparedDescription: 'the earlier day' }
      : {}),
    notes: [],
    figureId,
  };
}

/** Answers every tool; briefs, metrics and exports fail, which the model has to say. */
export function answer(name: string, args: Record<string, unknown>): unknown {
  if (name === 'find_customer') return findCustomer(String(args.name));
  if (name === 'query_ledger') return queryLedger(args);
  if (name === 'show_rows')
    return { figureId: 7, of: 'query_ledger', result: queryLedger({ dataset: 'invoices' }) };
  return { error: { code: 'not_found', message: 'There is nothing of that name.' } };
}

/** The person who asks. */
export const asking = (role: 'viewer' | 'collector', today = '2026-08-20') => ({
  today,
  actor: {
    email: role === 'viewer' ? maria : 'dana.kim@demo.example',
    name: role === 'viewer' ? 'Maria Lopez' : 'Dana Kim',
    role,
  },
  vocabulary,
});

/** The names in place of the ids, as the golden questions have them. */
export function withNames(value: unknown, key = '', among: readonly Customer[] = customers): unknown {
  const nameOf = (id: unknown) => among.find((each) => each.id === id)?.name;
  if (Array.isArray(value))
    return value.map((each) =>
      /^(?:ids|customerIds|exceptCustomerIds)$/.test(key) ? nameOf(each) : withNames(each, '', among),
    );
  if (key === 'customerId') return nameOf(value);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withNames(each, name, among)]),
  );
}
