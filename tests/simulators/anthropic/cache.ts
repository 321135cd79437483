/**
 * Counts tokens and cached tokens as the API reports them: the prefix runs tools, system, messages; a breakpoint
 * caches all before it; a top-level `cache_control` puts one on the last block. Prefixes under 1,024 tokens are not
 * cached (Sonnet 5).
 */
import { blocksOf, type MessagesRequest } from './request.ts';

const MIN_TOKENS = 1024;
export const tokensOf = (text: string): number => Math.ceil(text.length / 3.5);

export type Usage = {
  input_tokens: number;
  cache_creation_input_tokens: number;
  cache_read_input_tokens: number;
};

type Part = { text: string; breakpoint: boolean };

const part = (value: { cache_control?: unknown }): Part => {
  const { cache_control, ...rest } = value;
  return { text: JSON.stringify(rest), breakpoint: Boolean(cache_control) };
};

const partsOf = (request: MessagesRequest): Part[] => {
  const parts = [
    ...(request.tools ?? []).map(part),
    ...blocksOf(request.system ?? []).map(part),
    ...request.messages.flatMap((message) => blocksOf(message.content).map(part)),
  ];
  const last = parts.at(-1);
  if (request.cache_control && last) last.breakpoint = true;
  return parts;
};

/** How many blocks before a breakpoint are looked at for an earlier entry. */
const LOOK_BACK = 20;

/** One cache a simulator: it lives as long as the server. */
export const createPromptCache = (): ((request: MessagesRequest) => Usage) => {
  const seen = new Set<string>();
  return (request) => {
    const parts = partsOf(request);
    const prefixes: string[] = [];
    for (const { text } of parts) prefixes.push((prefixes.at(-1) ?? `${request.model}\n`) + text);
    const marks = parts.flatMap(({ breakpoint }, at) =>
      breakpoint && tokensOf(prefixes[at]!) >= MIN_TOKENS ? [at] : [],
    );
    const found = marks.flatMap((mark) =>
      prefixes.slice(Math.max(0, mark - LOOK_BACK), mark + 1).filter((prefix) => seen.has(prefix)),
    );
    const read = Math.max(0, ...found.map(tokensOf));
    const written = Math.max(read, ...marks.map((mark) => tokensOf(prefixes[mark]!)));
    for (const mark of marks) seen.add(prefixes[mark]!);
    return {
      input_tokens: tokensOf(prefixes.at(-1) ?? '') - written,
      cache_creation_input_tokens: written - read,
      cache_read_input_tokens: read,
    };
  };
};
