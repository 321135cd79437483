/** Random ledgers as plain data. Ids are small and the same in every tenant. */
import { addDays, type Day } from '../../src/domain/calendar.ts';
import { regionOf } from '../../src/domain/customer.ts';

export type Customer = {
  id: number;
  name: string;
  external_id: string;
  parent_id: number | null;
  currency: string | null;
  owner_email: string | null;
  segment: string | null;
  country: string | null;
  region: string | null;
};
export type Invoice = {
  id: number;
  number: string;
  customer_id: number;
  issued_on: Day;
  due_on: Day;
  currency: string;
  amount_minor: bigint;
  open_minor: bigint;
  status: 'open' | 'paid' | 'void';
  paid_on: Day | null;
};
export type Payment = {
  id: number;
  external_id: string;
  received_on: Day;
  currency: string;
  amount_minor: bigint;
  unapplied_minor: bigint;
  customer_id: number | null;
};
export type Credit = {
  id: number;
  number: string;
  customer_id: number;
  issued_on: Day;
  currency: string;
  amount_minor: bigint;
  open_minor: bigint;
};
export type Application = {
  id: number;
  payment_id: number | null;
  credit_id: number | null;
  invoice_id: number;
  currency: string;
  amount_minor: bigint;
  applied_on: Day;
  reverses_id: number | null;
};
export type Adjustment = {
  id: number;
  invoice_id: number;
  kind: string;
  currency: string;
  amount_minor: bigint;
  booked_on: Day;
};
export type Promise_ = {
  id: number;
  customer_id: number;
  currency: string;
  amount_minor: bigint;
  made_on: Day;
  pay_on: Day;
  method: string | null;
  withdrawn_on: Day | null;
};
export type Dispute = {
  id: number;
  customer_id: number;
  invoice_id: number;
  reason: string;
  line_number: number;
  currency: string;
  amount_minor: bigint;
  owner: string | null;
  opened_on: Day;
  due_on: Day | null;
  resolved_on: Day | null;
};
export type Hold = {
  id: number;
  customer_id: number;
  invoice_id: number | null;
  from_on: Day;
  until_on: Day | null;
  lifted_on: Day | null;
};
export type Event = {
  id: number;
  customer_id: number;
  invoice_id: number | null;
  kind: string;
  happened_on: Day;
  happened_at: string;
};

export type Ledger = {
  today: Day;
  customers: Customer[];
  invoices: Invoice[];
  payments: Payment[];
  credits: Credit[];
  applications: Application[];
  adjustments: Adjustment[];
  promises: Promise_[];
  promiseInvoices: { promise_id: number; invoice_id: number }[];
  disputes: Dispute[];
  holds: Hold[];
  events: Event[];
};

export const OWNERS = ['dana.reyes@remy.test', 'lee@remy.test', 'sam@remy.test'] as const;
export const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'] as const;
export const SEGMENTS = ['Enterprise', 'enterprise', 'SMB'] as const;
export const COUNTRIES = ['US', 'DE', 'JP', 'BR'] as const;

/** Days before today that questions are asked about as well, so that rules meet their very first and last day. */
export const SPECIAL_DAYS = [0, 1, 7, 30, 60] as const;

/** A small, seeded source of chance (mulberry32). */
export function createChance(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    int,
    often: (share: number): boolean => next() < share,
    pick: <T>(from: readonly T[]): T => from[int(0, from.length - 1)]!,
    orNull: <T>(share: number, value: () => T): T | null => (next() < share ? value() : null),
  };
}
type Chance = ReturnType<typeof createChance>;

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

function randomCustomers(chance: Chance, count: number): Customer[] {
  return times(count, (id) => {
    const country = chance.orNull(0.85, () => chance.pick(COUNTRIES));
    return {
      id,
      // some names differ only in capitals, some not at all
      name: `${chance.pick(['Acme', 'acme', 'Globex', 'Stark', 'Initech'])} ${chance.pick(['A', 'b', 'C'])}`,
      external_id: `C${id}`,
      parent_id: id > 3 ? chance.orNull(0.35, () => chance.int(1, id - 1)) : null,
      currency: chance.orNull(0.9, () => chance.pick(CURRENCIES)),
      owner_email: chance.orNull(0.85, () => chance.pick(OWNERS)),
      segment: chance.orNull(0.85, () => chance.pick(SEGMENTS)),
      country,
      region: regionOf(country),
    };
  });
}

/** Puts money on invoices, reverses some of it, and leaves what is open as the sum says (or as the source does). */
function settleInvoices(chance: Chance, ledger: Ledger): void {
  const { today, invoices, payments, credits, applications, adjustments } = ledger;
  const put = (invoice: Invoice, from: { payment?: Payment; credit?: Credit }, amount: bigint, day: Day) => {
    const row = {
      id: applications.length + 1,
      payment_id: from.payment?.id ?? null,
      credit_id: from.credit?.id ?? null,
      invoice_id: invoice.id,
      currency: invoice.currency,
      amount_minor: amount,
      applied_on: day,
      reverses_id: null,
    };
    applications.push(row);
    return row;
  };
  for (const invoice of invoices) {
    if (chance.often(0.06)) {
      Object.assign(invoice, { status: 'void', open_minor: 0n });
      continue;
    }
    let open = invoice.amount_minor;
    const parts = chance.pick([0, 0, 1, 1, 1, 2, 3]);
    for (let part = 0; part < parts && open > 0n; part++) {
      const day = chance.often(0.15) ? invoice.due_on : addDays(invoice.issued_on, chance.int(1, 90));
      const amount =
        part === parts - 1 && chance.often(0.7) ? open : (open * BigInt(chance.int(1, 9)) + 9n) / 10n;
      const sources = chance.often(0.2) ? credits : payments;
      const source = sources.find((each) => each.currency === invoice.currency && left(each) >= amount);
      if (!source || day > today) continue;
      const row = put(
        invoice,
        'received_on' in source ? { payment: source } : { credit: source },
        amount,
        day,
      );
      take(source, amount);
      open -= amount;
      if (!chance.often(0.12)) continue;
      const back = addDays(day, chance.int(0, 40));
      if (back > today) continue;
      const reversal = put(
        invoice,
        'received_on' in source ? { payment: source } : { credit: source },
        -amount,
        back,
      );
      Object.assign(reversal, { reverses_id: row.id });
      take(source, -amount);
      open += amount;
    }
    if (open > 0n && chance.often(0.1)) {
      const amount = chance.often(0.5) ? open : (open + 1n) / 2n;
      adjustments.push({
        id: adjustments.length + 1,
        invoice_id: invoice.id,
        kind: 'write_off',
        currency: invoice.currency,
        amount_minor: amount,
        booked_on: addDays(invoice.issued_on, chance.int(1, 60)),
      });
      open -= amount;
    }
    if (open > 0n && chance.often(0.12)) open = chance.often(0.6) ? 0n : open / 2n; // the source says so
    invoice.open_minor = open;
    if (open > 0n) continue;
    invoice.status = 'paid';
    const last = [
      ...applications.filter((each) => each.invoice_id === invoice.id).map((each) => each.applied_on),
      ...adjustments.filter((each) => each.invoice_id === invoice.id).map((each) => each.booked_on),
    ].sort();
    const day = last.at(-1) ?? addDays(invoice.issued_on, chance.int(1, 80));
    invoice.paid_on = day <= today && chance.often(0.9) ? day : null;
  }
}

const left = (source: Payment | Credit): bigint =>
  'received_on' in source ? source.unapplied_minor : source.open_minor;
const take = (source: Payment | Credit, amount: bigint): void => {
  if ('received_on' in source) source.unapplied_minor -= amount;
  else source.open_minor -= amount;
};

function randomFacts(chance: Chance, ledger: Ledger): void {
  const { today, invoices, promises, promiseInvoices, disputes, holds, events, customers } = ledger;
  const ago = (most: number): Day =>
    addDays(today, -(chance.often(0.4) ? chance.pick(SPECIAL_DAYS) : chance.int(0, most)));
  /** A day some days after, often one that questions are asked about. */
  const after = (from: Day, most: number): Day => {
    const special = SPECIAL_DAYS.map((days) => addDays(today, -days)).filter((day) => day >= from);
    return special.length > 0 && chance.often(0.5)
      ? chance.pick(special)
      : addDays(from, chance.int(0, most));
  };
  for (const id of times(50, (each) => each)) {
    const invoice = chance.pick(invoices);
    const made = ago(80);
    promises.push({
      id,
      customer_id: invoice.customer_id,
      currency: invoice.currency,
      amount_minor: invoice.amount_minor + 1n,
      made_on: made,
      pay_on: addDays(made, chance.int(0, 30)),
      method: chance.orNull(0.7, () => chance.pick(['card', 'ach', 'wire', 'cheque', 'other'])),
      withdrawn_on: chance.orNull(0.15, () => after(made, 10)),
    });
    if (chance.often(0.6)) promiseInvoices.push({ promise_id: id, invoice_id: invoice.id });
  }
  for (const id of times(60, (each) => each)) {
    const invoice = chance.pick(invoices);
    const opened = ago(100);
    disputes.push({
      id,
      customer_id: invoice.customer_id,
      invoice_id: invoice.id,
      reason: 'price',
      line_number: id,
      currency: invoice.currency,
      amount_minor: BigInt(chance.int(1, 5000)),
      owner: chance.orNull(0.6, () => chance.pick([...OWNERS, 'Warehouse'])),
      opened_on: opened,
      due_on: chance.orNull(0.6, () => addDays(opened, chance.int(1, 30))),
      resolved_on: chance.orNull(0.5, () => after(opened, 60)),
    });
  }
  for (const id of times(40, (each) => each)) {
    const invoice = chance.pick(invoices);
    const from = ago(60);
    holds.push({
      id,
      customer_id: invoice.customer_id,
      invoice_id: chance.orNull(0.5, () => invoice.id),
      from_on: from,
      until_on: chance.orNull(0.6, () => after(from, 60)),
      lifted_on: chance.orNull(0.4, () => after(from, 40)),
    });
  }
  for (const id of times(300, (each) => each)) {
    const customer = chance.pick(customers.slice(0, 25));
    const own = invoices.filter((each) => each.customer_id === customer.id);
    const day = ago(90);
    events.push({
      id,
      customer_id: customer.id,
      invoice_id: own.length > 0 ? chance.orNull(0.4, () => chance.pick(own).id) : null,
      kind: chance.pick(['chased', 'chased', 'replied', 'paid', 'note']),
      happened_on: day,
      happened_at: `${day}T${chance.pick(['09', '15'])}:00:00Z`,
    });
  }
}

/** A ledger of a few hundred invoices with everything in it that a question can ask about. */
export function randomLedger(seed: number, today: Day, invoiceCount = 350): Ledger {
  const chance = createChance(seed);
  const customers = randomCustomers(chance, 40);
  const amount = (): bigint =>
    BigInt(chance.pick([chance.int(1, 99), chance.int(100, 9999), chance.int(10000, 900000)]));
  const boundaries = [0, 1, 30, 31, 60, 61, 90, 91].map((days) => addDays(today, -days));
  const invoices = times(invoiceCount, (id): Invoice => {
    const issued = addDays(today, -chance.int(-3, 200));
    const minor = chance.often(0.02) ? 0n : amount();
    return {
      id,
      number: chance.pick([`INV-${id}`, `inv-${id}`]),
      customer_id: chance.pick(customers).id,
      issued_on: issued,
      due_on: chance.often(0.3)
        ? ([...boundaries, issued].find((day) => day >= issued && chance.often(0.4)) ?? issued)
        : addDays(issued, chance.pick([0, 14, 30, 30, 60])),
      currency: chance.pick(CURRENCIES),
      amount_minor: minor,
      open_minor: minor,
      status: 'open',
      paid_on: null,
    };
  });
  const payments = times(180, (id): Payment => {
    const minor = amount() * BigInt(chance.pick([1, 1, 4]));
    return {
      id,
      external_id: `PAY-${id}`,
      received_on: addDays(today, -chance.int(0, 200)),
      currency: chance.pick(CURRENCIES),
      amount_minor: minor + 1n,
      unapplied_minor: minor + 1n,
      customer_id: chance.orNull(0.85, () => chance.pick(customers).id),
    };
  });
  const credits = times(50, (id): Credit => {
    const minor = amount();
    return {
      id,
      number: `CR-${id}`,
      customer_id: chance.pick(customers).id,
      issued_on: addDays(today, -chance.int(0, 150)),
      currency: chance.pick(CURRENCIES),
      amount_minor: minor,
      open_minor: minor,
    };
  });
  const ledger: Ledger = {
    today,
    customers,
    invoices,
    payments,
    credits,
    applications: [],
    adjustments: [],
    promises: [],
    promiseInvoices: [],
    disputes: [],
    holds: [],
    events: [],
  };
  settleInvoices(chance, ledger);
  randomFacts(chance, ledger);
  return ledger;
}
