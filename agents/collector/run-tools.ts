/** Runs the tool calls of a model's message, one after the other. */
import { type AIMessage, ToolMessage } from '@langchain/core/messages';
import type { Tool } from '../../tools/index.ts';
import { outputText, toolFailure } from './tool-output.ts';
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
};

export type ToolLog = (event: {
  tool: string;
  milliseconds: number;
  failure: string | null;
  error?: unknown;
}) => void;

async function callOne(
  turn: Turn,
  tool: Tool | undefined,
  name: string,
  input: unknown,
  log: ToolLog,
): Promise<unknown> {
  const started = performance.now();
  if (!tool) {
    log({ tool: 'unknown', milliseconds: 0, failure: 'unknown_tool' });
    return { error: { code: 'unknown_tool', message: `There is no tool called ${name}.` } };
  }
  try {
    const output = await tool.call(input, turn.context);
    log({ tool: name, milliseconds: performance.now() - started, failure: null });
    return output;
  } catch (error) {
    const failure = toolFailure(error);
    log({ tool: name, milliseconds: performance.now() - started, failure: failure.error.code, error });
    return failure;
  }
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
    if (allowed) turn.onEvent({ type: 'progress', text: progress[call.name] ?? 'Working' });
    const output = allowed
      ? await callOne(
          turn,
          tools.find((tool) => tool.name === call.name),
          call.name,
          call.args,
          log,
        )
      : {
          error: {
            code: 'too_many_calls',
            message: 'This turn has used all its tool calls; answer with what you have.',
          },
        };
    turn.toolCalls++;
    turn.uses.push({ name: call.name, input: call.args, output });
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
