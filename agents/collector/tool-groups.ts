/**
 * Which tools a request to a model carries: those of the ledger always, and those of chasing or of cash, by the words
 * of the question and of the turns before it. A wrong guess costs one step and loses nothing: the model changes the
 * group with `open_tools`, and a tool that it calls by its name runs in any case.
 */
import { type BaseMessage, isAIMessage, isHumanMessage } from '@langchain/core/messages';
import { z } from 'zod';
import { groupOf, type Tool, type ToolGroup, toolGroups, toolsWith } from '../../tools/index.ts';
import { textOf } from './speak.ts';

/** Beginnings of words, in the languages that letters are written in. */
const said: Readonly<Record<ToolGroup, RegExp>> = {
  chase:
    /(?<!\p{L})(?:chas|draft|remind|nudg|e-?mail|mail|letter|dun(?:n|$)|hold(?!ing)|promis|ptp|disput|worklist|approv|polic|cadence|firm|soft|short(?:er|en)|cc(?!\p{L})|tone|statement|send|sent|audit|resum|stop|mahn|entwurf|erinner|relanc|brouillon|recordator|borrador)/giu,
  cash: /(?<!\p{L})(?:pay(?:er|ment|s(?!\p{L}))|paid|explain|memo(?!\p{L})|short(?:[- ]?paid| by)|auto-|posted|half|split|\d[\d,]*\.\d\d(?!\d)|\d+ of it|of it on|account [a-z]{2}\d|match|unmatch|appl|unappl|unalloc|alloc|bank|wire|ach(?!\p{L})|iban|che(?:ck|que)|deposit|remit|charge-?back|bounc|return(?:ed|s)|refund|duplic|twice|write|writ|fee(?!\p{L})|fees|withh|discount|fx(?!\p{L})|on account|revers|undo|reconcil|lockbox|cash|zahl|zuordn|überweis|paiement|virement|pago|transferencia|cobro)/giu,
};

const hits = (text: string, group: ToolGroup): number => text.match(said[group])?.length ?? 0;

/** The group that the text speaks of more; null when neither. */
function spokenOf(text: string): ToolGroup | null {
  const [chase, cash] = [hits(text, 'chase'), hits(text, 'cash')];
  return chase === cash ? null : chase > cash ? 'chase' : 'cash';
}

const calledIn = (message: BaseMessage): ToolGroup | null =>
  isAIMessage(message)
    ? ((message.tool_calls ?? []).map(({ name }) => groupOf(name)).findLast((group) => group !== null) ??
      null)
    : null;

/** By the question; where that tells nothing ("do it", "the second one"), by what the turns before were about. */
export function groupFor(question: string, before: readonly BaseMessage[]): ToolGroup {
  const asked = spokenOf(question);
  if (asked) return asked;
  for (const message of before.toReversed()) {
    const found = calledIn(message) ?? (isHumanMessage(message) ? spokenOf(textOf(message)) : null);
    if (found) return found;
  }
  return 'chase';
}

export const OPEN_TOOLS = 'open_tools';

const input = z.strictObject({ group: z.enum(toolGroups) });

const opener = {
  name: OPEN_TOOLS,
  description: 'Swap the tools of chasing for those of cash, or back.',
  inputSchema: {
    type: 'object',
    properties: { group: { enum: [...toolGroups] } },
    required: ['group'],
  },
};

export type OfferedTool = Pick<Tool, 'name' | 'description' | 'inputSchema'>;

/** What goes into one request. */
export const offered = (tools: readonly Tool[], group: ToolGroup): OfferedTool[] => {
  const chosen = toolsWith(tools, group);
  return chosen.length === tools.length ? chosen : [...chosen, opener];
};

/** The group that a call of `open_tools` asks for; null when its input names none. */
export const openedBy = (args: unknown): ToolGroup | null => {
  const read = input.safeParse(args);
  return read.success ? read.data.group : null;
};
