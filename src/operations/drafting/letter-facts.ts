/** The typed facts of one letter: amounts and days from the ledger, everything else from the company's settings. */
import { publicHoliday } from '../../domain/cadence/holidays.ts';
import { addDays, type Day, daysBetween, weekday } from '../../domain/calendar.ts';
import type { LetterFacts } from '../../domain/chase/drafting.ts';
import type { CadencePolicy, CompanySettings, Tone } from '../../domain/chase/policy.ts';
import { toDecimal } from '../../domain/money.ts';
import type { NewestPayment } from '../../store/drafting/conversation.ts';
import type { DraftRequest, DraftSettings } from './request.ts';

const ANSWER_DAYS: Record<Tone, number> = { friendly: 7, neutral: 7, firm: 5, urgent: 3 };

/** A working day at the customer, at least three days off: nobody is asked to answer on a holiday. */
export function answerBy(
  today: Day,
  tone: Tone,
  policy: Pick<CadencePolicy, 'workingDays'>,
  country: string | null,
): Day {
  let day = addDays(today, ANSWER_DAYS[tone]);
  for (let tries = 0; tries < 14; tries++) {
    if (policy.workingDays.includes(weekday(day)) && publicHoliday(day, country, null) === null) return day;
    day = addDays(day, 1);
  }
  return day;
}

/** A link that names one invoice is put in only where the letter is about one. */
function paymentLink(request: DraftRequest, { paymentLink: template }: CompanySettings): string | null {
  if (!template) return null;
  const [first, more] = request.invoices;
  if (/\{invoice\}/.test(template) && (!first || more)) return null;
  return template
    .replaceAll('{invoice}', encodeURIComponent(first?.number ?? ''))
    .replaceAll('{customer}', encodeURIComponent(request.facts.customer.code));
}

export type LetterSurroundings = {
  readonly settings: DraftSettings;
  readonly today: Day;
  readonly payment: NewestPayment | null;
  readonly greetingName: string | null;
  readonly attachment: string | null;
};

/** In the request's own invoices and currency. */
export function letterFactsOf(request: DraftRequest, around: LetterSurroundings): LetterFacts {
  const { facts, invoices, broken, letter, tone, language } = request;
  const { currency, customer } = facts;
  const { policy, company } = around.settings;
  const { today, payment } = around;
  const money = (minor: bigint): string => toDecimal(minor, currency);
  return {
    letter,
    tone,
    language,
    shorter: request.shorter,
    mentionPo: request.mentionPo,
    greetingName: around.greetingName,
    customerName: customer.name,
    companyName: company.name,
    senderName: company.fromName,
    currency,
    today,
    invoices: invoices.map((each) => ({
      number: each.number,
      dueOn: each.dueOn,
      daysOverdue: daysBetween(each.dueOn, today),
      openAmount: money(each.openMinor),
      amount: money(each.amountMinor),
      poNumber: each.poNumber,
    })),
    totalAmount: money(invoices.reduce((sum, each) => sum + each.openMinor, 0n)),
    oldestDaysOverdue: Math.max(0, ...invoices.map((each) => daysBetween(each.dueOn, today))),
    chasesSoFar: facts.chases.length,
    promise: broken && { amount: money(broken.amountMinor), payOn: broken.payOn, madeOn: broken.madeOn },
    payment: payment && { amount: money(payment.amountMinor), receivedOn: payment.receivedOn },
    paymentInstructions: company.paymentInstructions[currency] ?? company.paymentInstructions.default ?? null,
    paymentLink: paymentLink(request, company),
    phone: company.phone,
    attachment: around.attachment,
    answerBy: answerBy(today, tone, policy, customer.country),
  };
}
