/** The statement of account of one customer and currency, as a file to attach. */

import type { ChaseFacts } from '../../domain/cadence/facts.ts';
import { type Day, daysBetween } from '../../domain/calendar.ts';
import type { Language } from '../../domain/chase/policy.ts';
import { aging, agingBucketOf } from '../../domain/metrics/aging.ts';
import { toDecimal } from '../../domain/money.ts';
import type { Statement, StatementFile, StatementWriter } from '../../ports/statements.ts';
import type { Attach, DraftSettings } from './request.ts';

/** Everything that is open in this currency: a statement leaves nothing out, disputed or not. */
export function statementOf(
  facts: ChaseFacts,
  { company }: DraftSettings,
  language: Language,
  today: Day,
): Statement {
  const { currency, invoices, customer } = facts;
  const lines = invoices.map((each) => ({
    bucket: agingBucketOf(daysBetween(each.dueOn, today)),
    count: 1,
    minor: each.openMinor,
  }));
  const { buckets, total } = aging(lines);
  return {
    language,
    company: { name: company.name, address: company.replyTo ?? company.fromAddress, phone: company.phone },
    customer: { code: customer.code, name: customer.name },
    currency,
    asOf: today,
    rows: invoices.map((each) => ({
      number: each.number,
      issuedOn: each.issuedOn,
      dueOn: each.dueOn,
      daysOverdue: daysBetween(each.dueOn, today),
      poNumber: each.poNumber,
      amount: toDecimal(each.amountMinor, currency),
      openAmount: toDecimal(each.openMinor, currency),
    })),
    aging: buckets.map(({ bucket, minor }) => ({ bucket, amount: toDecimal(minor, currency) })),
    total: toDecimal(total, currency),
    paymentInstructions: company.paymentInstructions[currency] ?? company.paymentInstructions.default ?? null,
  };
}

export async function statementFile(
  writer: StatementWriter,
  statement: Statement,
  attach: Attach,
): Promise<StatementFile> {
  return attach === 'statement_pdf' ? writer.pdf(statement) : writer.csv(statement);
}
