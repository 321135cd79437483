/**
 * The offline model: a LangChain chat model without a network, used in the same graph and over the same tools as a
 * hosted one. It reads a message with a grammar, asks the tools, and puts their figures into words; it never computes.
 *
 * Families of the grammar (each a file under grammar/, read in the order of parse.ts):
 * - fillers: politeness and chat around a question ("renewal call in 10 min"), harmless single words
 * - talk: greeting, thanks, help, freshness, show rows, how was this computed, export of a timeline
 * - acts: wishes to change the ledger or to send past an approval, forecasts, matching, advice: refused by name
 * - links: follow-up markers, "too", pronouns, picks ("the german one", "the second", "the whole group")
 * - scope: currencies, regions, countries, segments, account owners, "my accounts"
 * - asks: metrics (aging, DSO, CEI, ADD, concentration) and payer habits
 * - phrases: last payment, due within, and breakdowns or filters that are not supported
 * - filters: disputed, promised, on hold, first time late, chased, replied; each with its negation
 * - account: story, contact, owner, replied, timeline, terms, PO number, paid yet, past due
 * - arrangement: group by, sort by; quantities: top N, amounts, days past due, age
 * - dates: windows with the word that says which day (due, issued, paid, received), "went overdue since", as of,
 *   compared with
 * - documents: invoices, payments, unapplied cash, credits, promises, disputes, their numbers and states
 * - measures: who, how much, how many, average, share, biggest, owe
 *
 * A message about chasing (worklist, drafts and their changes, holds, promises, disputes, policy, what waits, who did
 * what) is read by chasing/ instead: detect.ts tells which act it asks for, take.ts reads what the act is about, plan.ts
 * makes the calls or asks back for what is missing. "Approve it" is no act: what waits is shown, and where to click.
 *
 * A message about cash (which payment goes where, why not, who paid, take it back) is read by cash/ before that:
 * detect.ts and detect-questions.ts tell the act, take*.ts read what it is about, plan*.ts make the calls; memory.ts keeps
 * which payments and applications were shown, so that "it" and "the second one" point at them. A question never
 * records anything, and of several payments none is picked.
 *
 * What no rule explains may be a customer's name and is looked up with find_customer; what is then left over is said
 * back, and no figure is given. Words of a question never disappear: negations and limits that no rule took are left
 * over too.
 *
 * To teach it a new question: add words to text/lemmas.ts or a pattern to the family it belongs to, add the words to
 * text/grammar-words.ts, chasing/words.ts or cash/words.ts (a test prints what is missing), and add the question to
 * tests/golden/questions.jsonl, or to acts.jsonl or cash.jsonl where it is about chasing or cash.
 */
import type { BaseLanguageModelInput } from '@langchain/core/language_models/base';
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models';
import { AIMessage, type AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import type { ChatResult } from '@langchain/core/outputs';
import type { Runnable } from '@langchain/core/runnables';
import type { OfflineContext } from './grammar/context.ts';
import { nextStep } from './turn.ts';

export type { OfflineContext, Vocabulary } from './grammar/context.ts';

/** The tools it plans with; `bindTools` refuses a registry that lacks one. */
export const offlineTools = [
  'find_customer',
  'query_ledger',
  'account_brief',
  'ledger_metrics',
  'show_rows',
  'data_freshness',
  'export_timeline',
  'worklist',
  'draft_email',
  'draft_many',
  'revise_draft',
  'list_proposals',
  'set_hold',
  'lift_hold',
  'log_promise',
  'open_dispute',
  'propose_policy_change',
  'audit_trail',
  'match_payments',
  'explain_payment',
  'find_payer',
  'propose_application',
  'propose_adjustment',
  'reverse_application',
  'list_matches',
] as const;

const toolName = (tool: BindToolsInput): string => {
  if ('name' in tool && typeof tool.name === 'string') return tool.name;
  const { function: inner } = tool as { function?: { name?: string } };
  return inner?.name ?? '';
};

export class OfflineModel extends BaseChatModel {
  private readonly context: OfflineContext;

  constructor(context: OfflineContext) {
    super({});
    this.context = context;
  }

  override _llmType(): string {
    return 'offline';
  }

  /** Takes the tools as they are. Throws: Error when one is missing that it plans with. */
  override bindTools(
    tools: BindToolsInput[],
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, BaseChatModelCallOptions> {
    const names = new Set(tools.map(toolName));
    const missing = offlineTools.filter((name) => !names.has(name));
    if (missing.length > 0) throw new Error(`the offline model needs the tools ${missing.join(', ')}`);
    return this as unknown as Runnable<BaseLanguageModelInput, AIMessageChunk, BaseChatModelCallOptions>;
  }

  override async _generate(
    messages: BaseMessage[],
    _options?: unknown,
    run?: { handleLLMNewToken(token: string): Promise<unknown> },
  ): Promise<ChatResult> {
    const step = nextStep(messages, this.context);
    const turn = messages.length;
    const message = new AIMessage({
      content: step.text,
      tool_calls: step.calls.map((each, index) => ({
        id: `offline_${turn}_${index}`,
        name: each.name,
        args: each.args,
        type: 'tool_call' as const,
      })),
      // only a finished answer carries the frame, so that a turn that broke off leaves the last one standing
      additional_kwargs: step.calls.length === 0 ? { frame: step.frame } : {},
      response_metadata: { model_name: 'offline' },
    });
    if (step.text !== '') await run?.handleLLMNewToken(step.text);
    return { generations: [{ text: step.text, message }] };
  }
}

/** Made anew for every turn, since the day, the person and the ledger's words belong to it. */
export const createOfflineModel = (context: OfflineContext): OfflineModel => new OfflineModel(context);
