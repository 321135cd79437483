/** Refuses what the real Messages API refuses with 400, in its own words. */
import {
  blocksOf,
  knownFields,
  type MessagesRequest,
  messagesRequest,
  type RequestBlock,
} from './request.ts';

const adaptiveOnly = /^claude-(opus-4-[78]|(opus|sonnet|haiku|fable|mythos)-5)/;
const cannotDisableThinking = /^claude-(opus-5-5|sonnet-5-5|haiku-5-5|fable|mythos)/;
const takesNoEffort = /^claude-(3|(sonnet|haiku)-4-5|(opus|sonnet)-4(-[01])?(-\d{8})?$)/;
const TOOL_NAME = /^[a-zA-Z0-9_-]{1,128}$/;

type Turn = { role: 'user' | 'assistant'; blocks: RequestBlock[] };

/** Consecutive messages of one role are one turn to the API. */
const turnsOf = (request: MessagesRequest): Turn[] => {
  const turns: Turn[] = [];
  for (const message of request.messages) {
    const blocks = blocksOf(message.content);
    const last = turns.at(-1);
    if (last?.role === message.role) last.blocks.push(...blocks);
    else turns.push({ role: message.role, blocks: [...blocks] });
  }
  return turns;
};

function contentProblem(request: MessagesRequest): string | null {
  for (const [at, message] of request.messages.entries()) {
    if (message.content.length === 0) return `messages.${at}: all messages must have non-empty content`;
    for (const [index, block] of blocksOf(message.content).entries()) {
      const path = `messages.${at}.content.${index}`;
      if (block.type === 'text' && !block.text) return 'messages: text content blocks must be non-empty';
      if (block.type === 'tool_use' && !TOOL_NAME.test(block.name ?? ''))
        return `${path}.tool_use.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`;
      if (block.type === 'tool_use' && (typeof block.input !== 'object' || block.input === null))
        return `${path}.tool_use.input: Input should be a valid dictionary`;
      if (block.type === 'thinking' && !block.signature) return `${path}.thinking.signature: Field required`;
      if (!['text', 'tool_use', 'tool_result', 'thinking', 'redacted_thinking', 'image'].includes(block.type))
        return `${path}: Input tag '${block.type}' found using 'type' does not match any of the expected tags`;
    }
  }
  return null;
}

function toolTurnProblem(turns: Turn[]): string | null {
  const seen = new Set<string>();
  for (const [at, turn] of turns.entries()) {
    const uses = turn.role === 'assistant' ? turn.blocks.filter((block) => block.type === 'tool_use') : [];
    for (const use of uses) {
      if (seen.has(use.id!)) return `messages.${at}: \`tool_use\` ids must be unique`;
      seen.add(use.id!);
    }
    const before = turns[at - 1]?.blocks.filter((block) => block.type === 'tool_use') ?? [];
    const results = turn.blocks.filter((block) => block.type === 'tool_result');
    for (const result of results)
      if (turn.role !== 'user' || !before.some((use) => use.id === result.tool_use_id))
        return `messages.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${result.tool_use_id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
    const next = turns[at + 1]?.blocks ?? [];
    const open = uses.filter(
      (use) => !next.some((block) => block.type === 'tool_result' && block.tool_use_id === use.id),
    );
    const resultsLate =
      uses.length > 0 && next.slice(0, uses.length).some((block) => block.type !== 'tool_result');
    if (open.length > 0 || resultsLate)
      return `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${(open.length > 0 ? open : uses).map((use) => use.id).join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
  }
  return null;
}

function toolListProblem(request: MessagesRequest): string | null {
  const names = new Set<string>();
  for (const [at, tool] of (request.tools ?? []).entries()) {
    if (!TOOL_NAME.test(tool.name))
      return `tools.${at}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`;
    if (names.has(tool.name)) return 'tools: Tool names must be unique.';
    names.add(tool.name);
    if (['oneOf', 'anyOf', 'allOf'].some((key) => key in tool.input_schema))
      return `tools.${at}.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level`;
  }
  return null;
}

function modelProblem(request: MessagesRequest): string | null {
  const { model, thinking } = request;
  if (adaptiveOnly.test(model)) {
    for (const field of ['temperature', 'top_p', 'top_k'] as const)
      if (request[field] !== undefined && request[field] !== 1)
        return `\`${field}\` is deprecated for this model.`;
    if (thinking?.type === 'enabled') return '"thinking.type.enabled" is not supported for this model.';
    if (thinking?.type === 'disabled' && cannotDisableThinking.test(model))
      return '"thinking.type.disabled" is not supported for this model.';
  }
  if (request.output_config?.effort && takesNoEffort.test(model))
    return 'This model does not support the effort parameter.';
  return null;
}

export const breakpointsOf = (request: MessagesRequest): number =>
  [
    request,
    ...(request.tools ?? []),
    ...(typeof request.system === 'string' ? [] : (request.system ?? [])),
    ...request.messages.flatMap((message) => blocksOf(message.content)),
  ].filter((part) => part.cache_control).length;

/** Null when the request is right; else the message of the `invalid_request_error`. */
export function requestProblem(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'Input should be an object';
  for (const field of ['model', 'max_tokens', 'messages'])
    if (!(field in body)) return `${field}: Field required`;
  const unknown = Object.keys(body).find((field) => !knownFields.has(field));
  if (unknown) return `${unknown}: Extra inputs are not permitted`;
  const parsed = messagesRequest.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return `${issue.path.join('.')}: ${issue.message}`;
  }
  const request = parsed.data;
  if (request.messages.length === 0) return 'messages: at least one message is required';
  const turns = turnsOf(request);
  if (turns[0]!.role !== 'user') return 'messages: first message must use the "user" role';
  if (breakpointsOf(request) > 4)
    return `A maximum of 4 blocks with cache_control may be provided. Found ${breakpointsOf(request)}.`;
  return (
    contentProblem(request) ??
    toolListProblem(request) ??
    toolTurnProblem(turns) ??
    (turns.at(-1)!.role === 'assistant'
      ? 'This model does not support assistant message prefill. The conversation must end with a user message.'
      : null) ??
    modelProblem(request)
  );
}
