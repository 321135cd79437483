/** What the demo company's bank booked in the last four weeks: the payments of the ledger, fees, and fresh money. */
import { addDays, type Day } from '../../src/domain/calendar.ts';
import { payerAccount } from '../accounts.ts';
import { groupedBy } from '../grouping.ts';
import type { DemoInvoice, DemoLedger, DemoPayment } from '../ledger.ts';
import { createRandom } from '../random.ts';
import type { DemoCustomer } from '../roster.ts';
import { isWorkday, workdayBefore } from '../workdays.ts';

export type BankLine = {
  bookedOn: Day;
  /** Minor units of the account's currency; below zero is money out. */
  amountMinor: bigint;
  payerName: string;
  payerAccount: string;
  /** What the payer wrote. */
  text: string;
  endToEndId: string;
  bankReference: string;
  kind: 'transfer' | 'cheque' | 'fee';
  /** The payment of the ledger; null for fees and for money that nobody booked yet. */
  paymentId: string | null;
};
export type BankCurrency = 'EUR' | 'USD' | 'GBP';
export type BankStatement = {
  currency: BankCurrency;
  from: Day;
  to: Day;
  openingMinor: bigint;
  lines: readonly BankLine[];
};

const STATEMENT_DAYS = 28;

const fromPayment = (payment: DemoPayment): Omit<BankLine, 'bankReference'> => ({
  bookedOn: payment.receivedOn,
  amountMinor: payment.amountMinor,
  payerName: payment.payerName,
  payerAccount: payment.payerAccount,
  text: payment.reference,
  endToEndId: payment.customer === null ? 'NOTPROVIDED' : `${payment.customer.code}-${payment.id.slice(4)}`,
  kind: payment.method === 'cheque' ? 'cheque' : 'transfer',
  paymentId: payment.id,
});

const fee = (bookedOn: Day): Omit<BankLine, 'bankReference'> => ({
  bookedOn,
  amountMinor: -2_450n,
  payerName: '',
  payerAccount: '',
  text: 'ACCOUNT FEE',
  endToEndId: 'NOTPROVIDED',
  kind: 'fee',
  paymentId: null,
});

type Fresh = { customer: DemoCustomer; amountMinor: bigint; text: string; name?: string };

/** Money for open invoices as it really comes: exact, together, short by a bank fee, without a word, by a third party. */
function freshMoney(open: readonly DemoInvoice[]): Fresh[] {
  const byCustomer = groupedBy(open, ({ customer }) => customer);
  const singles = [...byCustomer.values()].map((own) => own[0]!);
  const pair = [...byCustomer.values()].find((own) => own.length > 1)?.slice(0, 2) ?? [];
  const [exact, silent, third, short] = singles.filter(({ customer }) => customer !== pair[0]?.customer);
  const only = (invoice: DemoInvoice | undefined, change: (base: Fresh) => Fresh): Fresh[] =>
    invoice
      ? [change({ customer: invoice.customer, amountMinor: invoice.amountMinor, text: invoice.number })]
      : [];
  return [
    ...only(exact, (base) => base),
    ...only(silent, (base) => ({ ...base, text: '' })),
    ...only(third, (base) => ({
      ...base,
      text: base.text.replace('INV-', 'inv '),
      name: 'GROUP TREASURY SERVICES',
    })),
    ...only(short, (base) => ({ ...base, amountMinor: base.amountMinor - 1_500n })),
    ...only(pair[0], (base) => ({
      ...base,
      amountMinor: pair.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      text: pair.map(({ number }) => number.slice(4)).join('/'),
    })),
  ];
}

const freshLine = ({ customer, amountMinor, text, name }: Fresh, bookedOn: Day) => ({
  bookedOn,
  amountMinor,
  payerName: name ?? customer.name,
  payerAccount: name ? '' : payerAccount(customer),
  text,
  endToEndId: 'NOTPROVIDED',
  kind: 'transfer' as const,
  paymentId: null,
});

/** The statement of an account up to yesterday; all lines are on working days, in order. */
export function bankStatement(ledger: DemoLedger, currency: BankCurrency, seed: number): BankStatement {
  const from = addDays(ledger.today, -STATEMENT_DAYS);
  const to = addDays(ledger.today, -1);
  const newest = workdayBefore(ledger.today);
  const open = ledger.invoices.filter(
    (each) =>
      each.currency === currency &&
      each.plot === null &&
      ledger.open.get(each.number) === each.amountMinor &&
      each.dueOn < addDays(ledger.today, 10),
  );
  const days = Array.from({ length: STATEMENT_DAYS }, (_, index) => addDays(from, index));
  const random = createRandom(seed, `bank ${currency}`);
  const lines = [
    ...ledger.payments
      .filter((payment) => payment.currency === currency && payment.receivedOn >= from)
      .map(fromPayment),
    ...days.filter((day, index) => isWorkday(day) && index % 7 === 3).map(fee),
    ...freshMoney(open).map((each) => freshLine(each, newest)),
  ].sort((a, b) => (a.bookedOn < b.bookedOn ? -1 : a.bookedOn > b.bookedOn ? 1 : 0));
  return {
    currency,
    from,
    to,
    openingMinor: BigInt(random.int(20_000_000, 60_000_000)),
    lines: lines.map((line, index) => ({
      ...line,
      bankReference: `BK${line.bookedOn.replaceAll('-', '').slice(2)}${String(index + 1).padStart(4, '0')}`,
    })),
  };
}
