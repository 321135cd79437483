/** Whether a placing that was worked out earlier still fits what is stored now. */
import type { ApplicationContent } from '../../domain/cash/applications.ts';
import { proposalContent } from '../../domain/chase/proposals.ts';
import { formatAmount, parseDecimal, toDecimal } from '../../domain/money.ts';
import { lockCredits, lockInvoices, readOpenAmounts } from '../../store/cash/documents.ts';
import { readLeftOfCredits } from '../../store/cash/find-credits.ts';
import { lockPayments, readPayments } from '../../store/cash/payments.ts';
import type { StoredRevision } from '../../store/proposals/stored.ts';
import type { Sql } from '../../store/transaction.ts';

type Now = {
  readonly unapplied: ReadonlyMap<number, bigint>;
  readonly open: ReadonlyMap<number, { open: bigint; status: string }>;
  readonly credits: ReadonlyMap<number, bigint>;
};

const money = (minor: bigint, currency: string): string => formatAmount(toDecimal(minor, currency), currency);

/** Every invoice it touches, with the balance it was worked out on where it says so. */
function stated({ placing }: ApplicationContent): Map<number, { invoice: string; open: string | null }> {
  const found = new Map<number, { invoice: string; open: string | null }>();
  for (const { invoiceId, invoice, open } of [
    ...placing.credits,
    ...placing.adjustments,
    ...placing.applications,
  ])
    found.set(invoiceId, { invoice, open: open ?? found.get(invoiceId)?.open ?? null });
  return found;
}

/** What it uses of each credit. */
function usedOf({ placing, currency }: ApplicationContent): Map<number, { credit: string; used: bigint }> {
  const found = new Map<number, { credit: string; used: bigint }>();
  for (const { creditId, credit, amount } of placing.credits) {
    const before = found.get(creditId)?.used ?? 0n;
    found.set(creditId, { credit, used: before + parseDecimal(amount, currency) });
  }
  return found;
}

function problemsOf(content: ApplicationContent, now: Now): string[] {
  const { payment, currency } = content;
  const problems: string[] = [];
  const left = payment && (now.unapplied.get(payment.id) ?? 0n);
  if (payment && left !== parseDecimal(payment.unapplied, currency))
    problems.push(
      `The payment has ${money(left ?? 0n, currency)} on no invoice by now, not ${formatAmount(payment.unapplied, currency)}.`,
    );
  for (const [id, { invoice, open }] of stated(content)) {
    const at = now.open.get(id);
    if (!at || at.status === 'void') problems.push(`${invoice} is void.`);
    else if (open !== null && at.open !== parseDecimal(open, currency))
      problems.push(
        `${invoice} has ${money(at.open, currency)} open by now, not ${formatAmount(open, currency)}.`,
      );
  }
  for (const [id, { credit, used }] of usedOf(content)) {
    const rest = now.credits.get(id) ?? 0n;
    if (rest < used)
      problems.push(
        `Credit ${credit} has ${money(rest, currency)} left by now, and ${money(used, currency)} of it were to be used.`,
      );
  }
  return problems;
}

async function readNow(sql: Sql, all: readonly ApplicationContent[]): Promise<Now> {
  const payments = all.flatMap(({ payment }) => (payment ? [payment.id] : []));
  const invoices = all.flatMap((content) => [...stated(content).keys()]);
  return {
    unapplied: new Map((await readPayments(sql, payments)).map((each) => [each.id, each.unapplied_minor])),
    open: await readOpenAmounts(sql, invoices),
    credits: await readLeftOfCredits(
      sql,
      all.flatMap((content) => [...usedOf(content).keys()]),
    ),
  };
}

/**
 * Why it cannot be applied as it was shown; empty when it can. Payment, invoices and credits stay locked, before the decision
 * is written into the audit chain: whoever holds the chain never waits for money.
 */
export async function placingProblems(sql: Sql, content: ApplicationContent): Promise<string[]> {
  await lockPayments(sql, content.payment ? [content.payment.id] : []);
  await lockInvoices(sql, [...stated(content).keys()]);
  await lockCredits(sql, [...usedOf(content).keys()]);
  return problemsOf(content, await readNow(sql, [content]));
}

/** By proposal: what has overtaken the placings among them; those that still fit are left out. */
export async function overtakenPlacings(
  sql: Sql,
  stored: readonly StoredRevision[],
): Promise<Map<number, string[]>> {
  const contents = stored.flatMap((each) => {
    const parsed = proposalContent.safeParse(each.content);
    return parsed.success && parsed.data.kind === 'application'
      ? [{ id: each.proposal_id, content: parsed.data }]
      : [];
  });
  if (contents.length === 0) return new Map();
  const now = await readNow(
    sql,
    contents.map(({ content }) => content),
  );
  return new Map(
    contents.flatMap(({ id, content }): [number, string[]][] => {
      const problems = problemsOf(content, now);
      return problems.length > 0 ? [[id, problems]] : [];
    }),
  );
}
