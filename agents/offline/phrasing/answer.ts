/** The text of an answer, from the outputs of the calls it was planned with. */

import { z } from 'zod';
import {
  accountBrief,
  exportTimelineOutput,
  freshnessOutput,
  ledgerMetricsOutput,
} from '../../../src/domain/ledger-query/answers.ts';
import { type LedgerResult, ledgerResult } from '../../../src/domain/ledger-query/result.ts';
import type { PlannedCall } from '../frame.ts';
import type { Slots } from '../slots.ts';
import { phraseBrief } from './account.ts';
import { phraseCash } from './cash.ts';
import { phraseChase } from './chase.ts';
import { phraseMetric } from './metric.ts';
import { phraseQuery } from './query.ts';
import { freshness } from './talk.ts';
import { capital, counted, listed, paragraphs, sentence } from './words.ts';

export type Answered = { call: PlannedCall; output: unknown };

const failed = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const shownRows = z.object({ of: z.unknown(), result: ledgerResult });

/** What the answer assumed: a guess by spelling, a typing error, companies of the group left out. */
function assumptions({ customers = [], readAs = [], group, brief, chase, cash }: Slots): string {
  return paragraphs(
    ...customers
      .filter((each) => each.typed !== null)
      .map((each) => `I took "${each.typed}" for ${each.name}.`),
    readAs.length > 0 && sentence(`I read ${listed(readAs)}`),
    ...customers
      .filter((each) => each.others.length > 0 && chase && chase.act !== 'revise_draft')
      .map((each) => `This is about ${each.name} alone, not about ${listed(each.others)}.`),
    ...customers
      .filter((each) => each.others.length > 0 && !group && !chase && !cash && brief !== 'parent')
      .map(
        (each) =>
          `This is ${each.name} alone; ${listed(each.others)} ${each.others.length === 1 ? 'is' : 'are'} not included. Say "the whole group" to include them.`,
      ),
  );
}

const how = (result: LedgerResult): string =>
  paragraphs(
    `It is a question to the ledger: ${sentence(result.description)}`,
    sentence(
      `As of ${result.asOf}, over ${result.question.dataset}${result.question.measures.length > 0 ? `, measuring ${listed(result.question.measures.map((each) => each.replaceAll('_', ' ')))}` : ''}${result.question.groupBy.length > 0 ? `, by ${listed(result.question.groupBy.map((each) => each.replaceAll('_', ' ')))}` : ''}`,
    ),
    'Nothing is added up over currencies; each currency stands by itself.',
    ...result.notes.map(sentence),
  );

/** An invoice of somebody else than was named is said first. */
function ownerOfInvoice({ output }: Answered, { customers = [], invoices }: Slots): string | null {
  const brief = accountBrief.safeParse(output);
  if (!invoices?.length || customers.length === 0 || !brief.success || !brief.data.invoice) return null;
  const owner = brief.data.customer;
  const fits = customers.some((each) => each.id === owner.id || each.id === owner.parent?.id);
  return fits
    ? null
    : `${brief.data.invoice.number} is not an invoice of ${listed(customers.map((each) => each.name))}: it belongs to ${owner.name}.`;
}

function one(answered: Answered, slots: Slots, about: Slots, payments: LedgerResult | null): string {
  const error = failed.safeParse(answered.output);
  const name = answered.call.name;
  if (error.success)
    return about.chase && name === 'worklist' && error.data.error.code === 'not_found'
      ? `Nothing of ${listed((about.customers ?? []).map((each) => each.name))} is to be chased: nothing is owed, or you may not see the account.`
      : sentence(
          `I could not ${about.chase || about.cash ? 'do that' : 'look that up'}: ${error.data.error.message}`,
        );
  const chased = phraseChase(name, answered.output, about) ?? phraseCash(name, answered.output, about);
  if (chased !== null) return chased;
  if (name === 'query_ledger') {
    const result = ledgerResult.safeParse(answered.output);
    if (result.success) return slots.talk === 'how' ? how(result.data) : phraseQuery(result.data, about);
  }
  if (name === 'ledger_metrics') {
    const result = ledgerMetricsOutput.safeParse(answered.output);
    if (result.success)
      return slots.talk === 'how'
        ? phraseMetric(result.data, { ...about, explain: true })
        : phraseMetric(result.data, about);
  }
  if (name === 'account_brief') {
    const result = accountBrief.safeParse(answered.output);
    if (result.success)
      return slots.talk === 'how'
        ? `It is read from the records of ${result.data.customer.name}, as of ${result.data.asOf}; nothing is estimated.`
        : phraseBrief(result.data, about, payments);
  }
  if (name === 'show_rows') {
    const result = shownRows.safeParse(answered.output);
    if (result.success)
      return paragraphs(
        'The rows behind the last figure:',
        phraseQuery(result.data.result, { ...about, ask: 'list' }),
      );
  }
  if (name === 'data_freshness') {
    const result = freshnessOutput.safeParse(answered.output);
    if (result.success) return freshness(result.data);
  }
  if (name === 'export_timeline') {
    const result = exportTimelineOutput.safeParse(answered.output);
    if (result.success)
      return `The timeline of ${result.data.subject} is in the file ${result.data.fileName}: ${counted(result.data.events.length, 'event')}.`;
  }
  return 'The ledger gave an answer that I cannot read, so I give no figure.';
}

/**
 * Puts the answer into words. `about` are the slots of the question whose figures are shown (the last one, for
 * "show rows" and "how was this computed").
 */
export function answerText(answered: readonly Answered[], slots: Slots, about: Slots): string {
  const briefs = answered.some((each) => each.call.name === 'account_brief');
  const last = briefs ? answered.find((each) => each.call.name === 'query_ledger') : undefined;
  const payments = last ? ledgerResult.safeParse(last.output) : null;
  const shown = last ? answered.filter((each) => each !== last) : answered;
  return paragraphs(
    ...shown.map((each) => ownerOfInvoice(each, about)),
    ...shown.map((each) => one(each, slots, about, payments?.success ? payments.data : null)),
    capital(assumptions(slots)),
  );
}
