/** Takes money off invoices again: a mistake undone, or a payment that left (chargeback, return, bounce, refund). */
import {
  type ReverseApplicationInput,
  type ReversedApplication,
  reverseApplicationInput,
} from '../domain/cash/answers.ts';
import { InvalidInputError, NotAllowedError, NotFoundError } from '../domain/errors.ts';
import { formatAmount, parseDecimal, toDecimal } from '../domain/money.ts';
import type { Context } from '../ports/actor.ts';
import { readOpenAmounts } from '../store/cash/documents.ts';
import {
  applicationsOfPayments,
  applicationsOnInvoice,
  type LiveApplication,
} from '../store/cash/live-rows.ts';
import { lastInForce, type MatchRow } from '../store/cash/matches.ts';
import { lockPayments, readPayments } from '../store/cash/payments.ts';
import type { Database } from '../store/pool.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { retryTransient } from '../store/transient.ts';
import { choosePayment } from './cash/choose-payment.ts';
import { presentPayment } from './cash/present-placing.ts';
import { returnPayment } from './cash/return-payment.ts';
import { reverseMatch } from './cash/reverse-match.ts';
import { type Reopened, takeOff } from './cash/take-off.ts';
import { findInvoice } from './find-invoice.ts';
import { presentMatch } from './list-matches.ts';
import { assertMayRecord, audit, parseInput } from './recording.ts';

type Asked = ReturnType<typeof reverseApplicationInput.parse>;
type Done = Pick<ReversedApplication, 'match' | 'unlearned'> & {
  readonly reopened: Reopened[];
  readonly paymentId: number | null;
};

function inWords({ id, payment_id, matched_on, solution }: MatchRow): string {
  const { payment, placing } = solution;
  const invoices = [...placing.applications, ...placing.credits, ...placing.adjustments].map(
    ({ invoice }) => invoice,
  );
  const what = payment
    ? `${formatAmount(payment.amount, payment.currency)} of ${payment.receivedOn} from ${payment.payerName ?? payment.customer?.name ?? 'an unnamed payer'}`
    : payment_id === null
      ? 'what was let off'
      : 'a payment';
  return `application ${id} of ${matched_on} (${what} on ${[...new Set(invoices)].join(', ')})`;
}

/**
 * What is meant by "that": the person's own last act, else the last one of matching; never a colleague's. When matching
 * did something after the person's own act of an earlier day, either may be meant.
 */
async function lastMeant(sql: Sql, { actor, today }: Context): Promise<number> {
  const own = await lastInForce(sql, { by: actor.email });
  const auto = await lastInForce(sql, { origin: 'auto' });
  if (own && auto && auto.id > own.id && own.matched_on < today)
    throw new InvalidInputError(
      `Your own last one is ${inWords(own)}; matching on its own made ${inWords(auto)} after it. Say which one.`,
    );
  const found = own ?? auto;
  if (!found)
    throw new NotFoundError(
      'Nothing was applied by you or by matching that could be taken back. What a colleague applied is taken back by naming its invoice or payment.',
    );
  return found.id;
}

const REASONS: Readonly<Record<Asked['because'], string>> = {
  mistake: 'taken back by a person',
  returned: 'the payment was returned',
  bounced_cheque: 'the cheque bounced',
  chargeback: 'the payment was charged back',
  refund: 'the money was refunded',
};

const reasonOf = ({ because, note }: Asked): string =>
  note ? `${REASONS[because]}: ${note}` : REASONS[because];

/** An application that the ledger itself made has no act of ours: its rows are taken off one by one. */
async function undoRows(
  sql: Sql,
  rows: readonly LiveApplication[],
  asked: Asked,
  context: Context,
): Promise<Done> {
  const [first] = rows;
  if (!first) throw new InvalidInputError('No money is on it that could be taken off.');
  if (first.match_id !== null) return undoMatch(sql, first.match_id, asked, context);
  await lockPayments(sql, [first.payment_id!]);
  const reopened = await takeOff(sql, {
    applications: [first],
    ...{ adjustments: [], on: null, today: context.today, actor: context.actor.email },
    because: reasonOf(asked),
  });
  await audit(sql, context, 'reverse_application', {
    ...{ applicationId: first.id, paymentId: first.payment_id, customerId: first.customer_id },
    ...{ reason: reasonOf(asked), reopened: reopened.map(({ invoice }) => invoice) },
  });
  return { match: null, reopened, unlearned: [], paymentId: first.payment_id };
}

async function undoMatch(sql: Sql, matchId: number, asked: Asked, context: Context): Promise<Done> {
  const { match, reopened, unlearned } = await reverseMatch(sql, matchId, {
    by: context.actor.email,
    today: context.today,
    reason: reasonOf(asked),
  });
  return { match: presentMatch(match), reopened, unlearned, paymentId: match.payment_id };
}

async function undoMistake(sql: Sql, asked: Asked, context: Context): Promise<Done> {
  if (asked.amount !== undefined)
    throw new InvalidInputError(
      'An application is taken back whole. Take it back, then apply what is right.',
    );
  if (asked.matchId !== undefined) return undoMatch(sql, asked.matchId, asked, context);
  if (asked.invoice !== undefined) {
    const invoice = await findInvoice(sql, asked.invoice, null);
    return undoRows(sql, await applicationsOnInvoice(sql, invoice.id), asked, context);
  }
  if (asked.payment !== undefined) {
    const payment = await choosePayment(sql, asked.payment, context, 'placed');
    return undoRows(sql, await applicationsOfPayments(sql, [payment.id]), asked, context);
  }
  return undoMatch(sql, await lastMeant(sql, context), asked, context);
}

/** The payment whose money left: the one that is named, else the newest on the invoice. */
async function leaving(sql: Sql, asked: Asked, context: Context) {
  const invoice = asked.invoice === undefined ? null : await findInvoice(sql, asked.invoice, null);
  // of a payment that came twice, the one on no invoice is what is given back as a rule: never take the other one unasked
  const prefer = asked.because === 'refund' && !invoice ? 'there' : 'placed';
  if (asked.payment) return { payment: await choosePayment(sql, asked.payment, context, prefer), invoice };
  if (!invoice) throw new InvalidInputError('Say which payment left, or which invoice it had paid.');
  const [newest] = await applicationsOnInvoice(sql, invoice.id);
  if (!newest)
    throw new InvalidInputError(
      `No payment is on ${invoice.number}, so none can have been taken off it. Name the payment.`,
    );
  return { payment: (await readPayments(sql, [newest.payment_id!]))[0]!, invoice };
}

async function recordReturn(sql: Sql, asked: Asked, context: Context): Promise<Done> {
  const { because } = asked;
  if (because === 'mistake') throw new Error('a mistake is no return');
  const { payment, invoice } = await leaving(sql, asked, context);
  const onIt = invoice
    ? (await applicationsOfPayments(sql, [payment.id]))
        .filter((row) => row.invoice_id === invoice.id)
        .reduce((sum, row) => sum + row.amount_minor, 0n)
    : null;
  const { reopened } = await returnPayment(sql, {
    paymentId: payment.id,
    kind: because,
    amountMinor: asked.amount === undefined ? onIt : parseDecimal(asked.amount, payment.currency),
    on: context.today,
    bankLineId: null,
    reason: asked.note ?? '',
    madeBy: context.actor.email,
    ...(invoice && { invoiceId: invoice.id }),
  });
  return { match: null, reopened, unlearned: [], paymentId: payment.id };
}

async function present(sql: Sql, done: Done, asked: Asked): Promise<ReversedApplication> {
  const open = await readOpenAmounts(
    sql,
    done.reopened.map(({ invoiceId }) => invoiceId),
  );
  const [payment] = done.paymentId === null ? [] : await readPayments(sql, [done.paymentId]);
  const reopened = done.reopened.map(({ invoiceId, invoice, customer, currency, minor }) => ({
    ...{ invoice, customer, currency },
    amount: toDecimal(minor, currency),
    open: toDecimal(open.get(invoiceId)?.open ?? 0n, currency),
  }));
  const what = reopened.map((each) => `${each.invoice} has ${formatAmount(each.open, each.currency)} open`);
  return {
    match: done.match,
    payment: payment ? presentPayment(payment) : null,
    because: asked.because,
    reopened,
    unlearned: done.unlearned,
    summary:
      what.length === 0
        ? `Recorded: ${REASONS[asked.because]}. No invoice had been paid with it.`
        : `Taken off, because ${reasonOf(asked)}: ${what.join(', ')} again.`,
  };
}

/**
 * Undoes an application as a whole, or records that its money left; invoices are open again. Nothing leaves by it.
 *
 * Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError that says what to name.
 */
export const createReverseApplication =
  (database: Pick<Database, 'pool'>) =>
  async (raw: ReverseApplicationInput, context: Context): Promise<ReversedApplication> => {
    assertMayRecord(context);
    const asked = parseInput(reverseApplicationInput, raw);
    if (asked.because === 'refund' && context.actor.role === 'collector')
      throw new NotAllowedError('A refund is recorded by an approver, a controller or an admin.');
    return retryTransient(() =>
      inTenant(database.pool, context.actor.tenantId, async (sql) =>
        present(
          sql,
          asked.because === 'mistake'
            ? await undoMistake(sql, asked, context)
            : await recordReturn(sql, asked, context),
          asked,
        ),
      ),
    );
  };
