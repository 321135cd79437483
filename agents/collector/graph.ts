/**
 * The conversation graph: begin → model → (tools → model)* → check → (model once more | end).
 * Only the messages are kept in the checkpoint; everything else of a turn lives in `Turn`.
 */
import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages';
import type { RunnableConfig } from '@langchain/core/runnables';
import { Annotation, type BaseCheckpointSaver, END, START, StateGraph } from '@langchain/langgraph';
import type { Tool } from '../../tools/index.ts';
import { withoutThinking } from '../anthropic-model.ts';
import { stripUnsafe } from '../figure-check/strip-unsafe.ts';
import { assertUsableReply, ModelReplyError } from '../model-errors.ts';
import { readFrame } from '../offline/frame.ts';
import { pruneHistory, rewindToQuestion } from './history.ts';
import { runTools, type ToolLog } from './run-tools.ts';
import { speak, textOf, unsupportedFigures } from './speak.ts';
import { groupFor, offered } from './tool-groups.ts';
import { limits, type Turn } from './turn.ts';

const State = Annotation.Root({
  question: Annotation<string>,
  messages: Annotation<BaseMessage[]>({ reducer: (_, next) => next, default: () => [] }),
});
type State = typeof State.State;
type Update = { messages: BaseMessage[] };

export type GraphParts = {
  readonly checkpointer: BaseCheckpointSaver;
  readonly tools: readonly Tool[];
  readonly turnOf: (threadId: string) => Turn;
  /** Words for a person about a model that failed. */
  readonly explain: (error: unknown) => string;
  readonly log: ToolLog;
};

const NO_ANSWER =
  'I could not put this into words whose figures all stand in the ledger’s results, so here are the results themselves.';
const STEPS_USED =
  'I could not finish this within the steps a question may take. Try asking for one thing at a time.';

const RETRY_NOTE =
  'Your last message could not be read (empty, cut, or tool input that is not valid JSON). Try again.';

const lastMessage = (state: State): BaseMessage => state.messages.at(-1)!;
const callsTools = (message: BaseMessage): message is AIMessage =>
  message instanceof AIMessage && (message.tool_calls?.length ?? 0) > 0;

/** What is wrong with a complete reply; null when it can be used. */
function replyProblem(message: AIMessage): ModelReplyError | null {
  try {
    assertUsableReply(message);
    return (message.invalid_tool_calls?.length ?? 0) > 0 ? new ModelReplyError('cut') : null;
  } catch (error) {
    if (error instanceof ModelReplyError) return error;
    throw error;
  }
}

const ONCE = (done: readonly string[]): string =>
  `It stopped after it had done this: ${done.join(', ')}. Nothing is done twice; what came of it is below.`;

/** What the failed model already wrote: asking anew would record or draft it a second time. */
const doneBefore = ({ tools }: GraphParts, turn: Turn): string[] =>
  turn.uses
    .filter(({ name, output }) => {
      const effect = tools.find((tool) => tool.name === name)?.effect;
      const failed = typeof output === 'object' && output !== null && 'error' in output;
      return effect !== undefined && effect !== 'read' && !failed;
    })
    .map(({ name }) => name.replaceAll('_', ' '));

/** Drops what the failed model did in this turn and goes on with the offline one, saying so. */
function fallBack(parts: GraphParts, turn: Turn, messages: BaseMessage[], notice: string): Update {
  turn.notice = notice;
  const done = doneBefore(parts, turn);
  if (done.length > 0) return { messages: [...messages, new AIMessage(ONCE(done))] };
  turn.model = turn.offline;
  turn.uses = [];
  turn.onEvent({ type: 'replace' });
  turn.onEvent({ type: 'progress', text: 'The model is not available; using the offline one' });
  return { messages: rewindToQuestion(messages, turn.question) };
}

async function modelStep(parts: GraphParts, turn: Turn, messages: BaseMessage[]): Promise<Update> {
  turn.steps++;
  const offline = turn.model === turn.offline;
  try {
    const { message, stream } = await speak(
      turn,
      messages,
      (offline ? parts.tools : offered(parts.tools, turn.group)).map(
        ({ name, description, inputSchema }) => ({
          type: 'function',
          function: { name, description, parameters: inputSchema },
        }),
      ),
    );
    if (callsTools(message)) stream.takeBack();
    const problem = replyProblem(message);
    if (problem === null) return { messages: [...messages, withoutThinking(message)] };
    stream.takeBack();
    if (problem.reason === 'refused' || turn.retries >= limits.retries)
      return fallBack(parts, turn, messages, parts.explain(problem));
    turn.retries++;
    return { messages: [...messages, new HumanMessage(RETRY_NOTE)] };
  } catch (error) {
    turn.signal.throwIfAborted();
    if (offline) throw error;
    return fallBack(parts, turn, messages, parts.explain(error));
  }
}

/** Ends the turn with a text that holds: checked figures, no links, bounded length. */
function finish(turn: Turn, messages: BaseMessage[], text: string): Update {
  turn.answer = turn.notice ? `${turn.notice}\n\n${text}` : text;
  const before = rewindToQuestion(messages, turn.question);
  return { messages: [...before, ...toolTrail(messages, before.length), closing(messages, text)] };
}

/** The last message of the turn as it is kept: its text as shown, with what the model noted for the next turn. */
function closing(messages: BaseMessage[], text: string): AIMessage {
  const last = messages.at(-1);
  return new AIMessage({
    content: text,
    additional_kwargs: last instanceof AIMessage ? last.additional_kwargs : {},
  });
}

/** The tool calls of this turn with their results. */
const toolTrail = (messages: BaseMessage[], from: number): BaseMessage[] =>
  messages.slice(from).filter((message) => callsTools(message) || message.getType() === 'tool');

function checkStep(turn: Turn, messages: BaseMessage[]): Update {
  const text = stripUnsafe(textOf(messages.at(-1)!).trim()).slice(0, limits.answerCharacters);
  const unsupported = unsupportedFigures(turn, text);
  if (unsupported.length === 0) return finish(turn, messages, text);
  turn.onEvent({ type: 'replace' });
  if (turn.rewrites < limits.rewrites && turn.model !== turn.offline) {
    turn.rewrites++;
    const note = `These figures are in no tool output of this turn: ${unsupported.slice(0, 10).join(', ')}. Write the answer again using only figures that tools returned, computing nothing yourself.`;
    return { messages: [...messages, new HumanMessage(note)] };
  }
  return finish(turn, messages, NO_ANSWER);
}

export function createCollectorGraph(parts: GraphParts) {
  const turnFor = (config: RunnableConfig): Turn => parts.turnOf(String(config.configurable?.thread_id));
  const afterModel = (state: State, config: RunnableConfig): string => {
    const turn = turnFor(config);
    if (turn.steps >= limits.steps) return 'give_up';
    const last = lastMessage(state);
    if (last instanceof HumanMessage) return 'model';
    return callsTools(last) ? 'tools' : 'check';
  };
  return new StateGraph(State)
    .addNode('begin', (state: State, config: RunnableConfig) => {
      const kept = pruneHistory(state.messages);
      const turn = turnFor(config);
      const frame = readFrame(kept.at(-1)?.additional_kwargs);
      turn.askedBack = frame && [frame.pending, frame.cash?.payments];
      turn.group = groupFor(state.question, kept);
      return { messages: [...kept, new HumanMessage(state.question)] };
    })
    .addNode('model', (state: State, config: RunnableConfig) =>
      modelStep(parts, turnFor(config), state.messages),
    )
    .addNode('tools', async (state: State, config: RunnableConfig) => {
      const results = await runTools(
        turnFor(config),
        lastMessage(state) as AIMessage,
        parts.tools,
        parts.log,
      );
      return { messages: [...state.messages, ...results] };
    })
    .addNode('check', (state: State, config: RunnableConfig) => checkStep(turnFor(config), state.messages))
    .addNode('give_up', (state: State, config: RunnableConfig) => {
      const last = lastMessage(state);
      const kept = callsTools(last) ? state.messages.slice(0, -1) : state.messages;
      return finish(turnFor(config), kept, STEPS_USED);
    })
    .addEdge(START, 'begin')
    .addEdge('begin', 'model')
    .addConditionalEdges('model', afterModel, ['model', 'tools', 'check', 'give_up'])
    .addEdge('tools', 'model')
    .addConditionalEdges(
      'check',
      (state: State) => (lastMessage(state) instanceof HumanMessage ? 'model' : END),
      ['model', END],
    )
    .addEdge('give_up', END)
    .compile({ checkpointer: parts.checkpointer });
}
