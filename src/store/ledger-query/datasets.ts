/** Each dataset as a table with named columns, and the joins that some of the columns need. The table is always `x`. */
import type { Dataset } from '../../domain/ledger-query/question.ts';
import type { SettledQuestion } from '../../domain/ledger-query/settle.ts';
import { invoiceAsOf, unappliedAsOf } from './as-of.ts';

export type Column =
  | 'id'
  | 'customer'
  | 'invoice'
  | 'currency'
  | 'amount'
  | 'open'
  | 'issued'
  | 'due'
  | 'paid'
  | 'received'
  | 'state'
  | 'name'
  | 'account_owner'
  | 'owner'
  | 'segment'
  | 'region'
  | 'country';

type ColumnSpec = { sql: () => string; needs?: readonly string[] };
type JoinSpec = { sql: () => string; needs?: readonly string[] };

export type Source = {
  readonly table: string;
  readonly columns: Partial<Record<Column, ColumnSpec>>;
  readonly joins: Readonly<Record<string, JoinSpec>>;
};

const plain = (sql: string, ...needs: string[]): ColumnSpec => ({ sql: () => sql, needs });

/** Few rows can fit, so looking things up one by one is cheaper than summing everything. */
const isNarrow = ({ filters }: SettledQuestion): boolean =>
  (filters.customer !== undefined && !filters.customer.except) || filters.number !== undefined;

const accountColumns = {
  name: plain('c.name', 'account'),
  account_owner: plain('c.owner_email', 'account'),
  owner: plain('c.owner_email', 'account'),
  segment: plain('c.segment', 'account'),
  region: plain('c.region', 'account'),
  country: plain('c.country', 'account'),
} as const;

const account = (id: string, kind: 'join' | 'left join' = 'join', needs: string[] = []): JoinSpec => ({
  sql: () => `${kind} customer c on c.tenant_id = x.tenant_id and c.id = ${id}`,
  needs,
});

type Build = (question: SettledQuestion, asOf: () => string) => Omit<Source, 'table'>;

const documentColumns = {
  id: plain('x.id'),
  customer: plain('x.customer_id'),
  currency: plain('x.currency'),
  amount: plain('x.amount_minor'),
  ...accountColumns,
} as const;

const invoices: Build = (question, asOf) => {
  const columns = {
    ...documentColumns,
    invoice: plain('x.id'),
    issued: plain('x.issued_on'),
    due: plain('x.due_on'),
  };
  const joins = { account: account('x.customer_id') };
  if (!question.past)
    return { columns: { ...columns, open: plain('x.open_minor'), paid: plain('x.paid_on') }, joins };
  const stood = () => invoiceAsOf('x', asOf(), isNarrow(question));
  return {
    columns: {
      ...columns,
      open: { sql: () => stood().open, needs: ['movements'] },
      paid: {
        sql: () => `(case when x.paid_on <= ${asOf()} and ${stood().open} = 0 then x.paid_on end)`,
        needs: ['movements'],
      },
    },
    joins: { ...joins, movements: { sql: () => stood().joins } },
  };
};

/** Payments and credits: what is on no invoice yet is open. */
const unapplied =
  (kind: 'payment' | 'credit'): Build =>
  (question, asOf) => {
    const today = kind === 'payment' ? 'x.unapplied_minor' : 'x.open_minor';
    const stood = () => unappliedAsOf(kind, today, asOf(), isNarrow(question));
    return {
      columns: {
        ...documentColumns,
        ...(kind === 'payment' ? { received: plain('x.received_on') } : { issued: plain('x.issued_on') }),
        open: question.past ? { sql: () => stood().open, needs: ['movements'] } : plain(today),
      },
      joins: {
        // a payment may be of nobody that is known yet
        account: account('x.customer_id', kind === 'payment' ? 'left join' : 'join'),
        movements: { sql: () => stood().joins },
      },
    };
  };

const applications: Build = () => ({
  columns: {
    ...documentColumns,
    customer: plain('xi.customer_id', 'invoice'),
    invoice: plain('x.invoice_id'),
    paid: plain('x.applied_on'),
  },
  joins: {
    invoice: { sql: () => 'join invoice xi on xi.tenant_id = x.tenant_id and xi.id = x.invoice_id' },
    account: account('xi.customer_id', 'join', ['invoice']),
  },
});

const promises: Build = (_, asOf) => ({
  columns: {
    ...documentColumns,
    // money that came before the promise may be taken back after it: no more is missing than was promised
    open: plain('greatest(0, least(x.amount_minor, x.amount_minor - s.received_minor))', 'state'),
    issued: plain('x.made_on'),
    due: plain('x.pay_on'),
    state: plain('s.state', 'state'),
  },
  joins: {
    account: account('x.customer_id'),
    state: {
      sql: () => `join promise_state(${asOf()}) s on s.tenant_id = x.tenant_id and s.promise_id = x.id`,
    },
  },
});

const disputes: Build = (question, asOf) => {
  const stood = () => invoiceAsOf('xi', asOf(), true);
  return {
    columns: {
      ...documentColumns,
      // who works on it; the account's owner where nobody is named
      owner: plain('coalesce(x.owner, c.owner_email)', 'account'),
      invoice: plain('x.invoice_id'),
      open: question.past
        ? { sql: () => stood().open, needs: ['movements'] }
        : plain('xi.open_minor', 'invoice'),
      issued: plain('x.opened_on'),
      due: plain('x.due_on'),
    },
    joins: {
      invoice: { sql: () => 'join invoice xi on xi.tenant_id = x.tenant_id and xi.id = x.invoice_id' },
      movements: { sql: () => stood().joins, needs: ['invoice'] },
      account: account('x.customer_id'),
    },
  };
};

const timeline: Build = () => ({
  columns: {
    id: plain('x.id'),
    customer: plain('x.customer_id'),
    invoice: plain('x.invoice_id'),
    issued: plain('x.happened_on'),
    ...accountColumns,
  },
  joins: { account: account('x.customer_id') },
});

const customers: Build = () => ({
  columns: {
    id: plain('x.id'),
    customer: plain('x.id'),
    currency: plain('x.currency'),
    name: plain('x.name'),
    account_owner: plain('x.owner_email'),
    owner: plain('x.owner_email'),
    segment: plain('x.segment'),
    region: plain('x.region'),
    country: plain('x.country'),
  },
  joins: {},
});

const tables: Readonly<Record<Dataset, readonly [table: string, build: Build]>> = {
  customers: ['customer', customers],
  invoices: ['invoice', invoices],
  credits: ['credit', unapplied('credit')],
  payments: ['payment', unapplied('payment')],
  applications: ['application', applications],
  promises: ['promise', promises],
  disputes: ['dispute', disputes],
  timeline: ['timeline_event', timeline],
};

/** The table of a dataset. `asOf` gives the placeholder of the as-of day and is called only where it is used. */
export function sourceOf(question: SettledQuestion, asOf: () => string): Source {
  const [table, build] = tables[question.dataset];
  return { table, ...build(question, asOf) };
}

export const tableOf = (dataset: Dataset): string => tables[dataset][0];
