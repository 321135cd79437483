/** Runs the tool calls of a model's message, one after the other. */
import { type AIMessage, ToolMessage } from '@langchain/core/messages';
import type { Tool } from '../../tools/index.ts';
import { OPEN_TOOLS, openedBy } from './tool-groups.ts';
import { outputText, type ToolFailure, toolFailure } from './tool-output.ts';
import { limits, type Turn } from './turn.ts';

/** What a person reads while a tool runs. */
const progress: Readonly<Record<string, string>> = {
  find_customer: 'Looking up the customer',
  query_ledger: 'Asking the ledger',
  account_brief: 'Reading the account',
  ledger_metrics: 'Computing the metric',
  show_rows: 'Fetching the rows',
  data_freshness: 'Checking the sources',
  export_timeline: 'Writing the file',
  worklist: 'Ranking whom to chase',
  draft_email: 'Writing the draft',
  draft_many: 'Writing the drafts',
  revise_draft: 'Changing the draft',
  list_proposals: 'Looking up what waits',
  set_hold: 'Recording the hold',
  lift_hold: 'Lifting the hold',
  log_promise: 'Recording the promise',
  open_dispute: 'Recording the dispute',
  propose_policy_change: 'Writing the proposal',
  audit_trail: 'Reading the audit trail',
  match_payments: 'Matching payments',
  explain_payment: 'Looking at the payment',
  find_payer: 'Looking for the payer',
  propose_application: 'Writing the proposal',
  propose_adjustment: 'Writing the proposal',
  reverse_application: 'Taking it back',
  list_matches: 'Looking up what was applied',
};

export type ToolLog = (event: {
  tool: string;
  milliseconds: number;
  failure: string | null;
  error?: unknown;
}) => void;

async function callOne(
  turn: Turn,
  tools: readonly Tool[],
  { name, args }: { name: string; args: unknown },
  log: ToolLog,
): Promise<unknown> {
  const tool = tools.find((each) => each.name === name);
  const started = performance.now();
  if (!tool) {
    log({ tool: 'unknown', milliseconds: 0, failure: 'unknown_tool' });
    return { error: { code: 'unknown_tool', message: `There is no tool called ${name}.` } };
  }
  try {
    const output = await tool.call(args, turn.context);
    log({ tool: name, milliseconds: performance.now() - started, failure: null });
    return output;
  } catch (error) {
    const failure = toolFailure(error);
    log({ tool: name, milliseconds: performance.now() - started, failure: failure.error.code, error });
    return failure;
  }
}

const TOO_MANY: ToolFailure = {
  error: {
    code: 'too_many_calls',
    message: 'This turn has used all its tool calls; answer with what you have.',
  },
};

/** Other tools from the next step on; no act, so it is no use of a tool that an answer could rest on. */
function openTools(turn: Turn, args: unknown): unknown {
  const group = openedBy(args);
  if (!group) return { error: { code: 'invalid_input', message: 'There is no such group of tools.' } };
  turn.group = group;
  return { opened: group };
}

/** Every call gets a result, also one that is refused because the turn has used up its calls. */
export async function runTools(
  turn: Turn,
  message: AIMessage,
  tools: readonly Tool[],
  log: ToolLog,
): Promise<ToolMessage[]> {
  const results: ToolMessage[] = [];
  for (const [index, call] of (message.tool_calls ?? []).entries()) {
    turn.signal.throwIfAborted();
    const allowed = turn.toolCalls < limits.toolCalls;
    const opens = allowed && call.name === OPEN_TOOLS;
    if (allowed && !opens) turn.onEvent({ type: 'progress', text: progress[call.name] ?? 'Working' });
    const output = opens
      ? openTools(turn, call.args)
      : allowed
        ? await callOne(turn, tools, call, log)
        : TOO_MANY;
    turn.toolCalls++;
    if (!opens) turn.uses.push({ name: call.name, input: call.args, output });
    results.push(
      new ToolMessage({
        content: outputText(output, limits.toolOutputCharacters),
        tool_call_id: call.id ?? `call_${turn.steps}_${index}`,
        name: call.name,
      }),
    );
  }
  return results;
}
