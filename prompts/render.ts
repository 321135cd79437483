/** Fills the prompts. A placeholder that is missing, unknown or left over is an error, never a gap in a prompt. */
import { readFileSync } from 'node:fs';

export type CollectorPrompt = {
  /** The calendar day of the question, `YYYY-MM-DD`. */
  readonly today: string;
  readonly user: { readonly name: string; readonly role: string };
  /** The company's name. */
  readonly tenant: string;
  readonly tools: readonly { readonly name: string; readonly effect: 'read' | 'record' | 'propose' }[];
  readonly vocabulary: {
    readonly segments: readonly string[];
    readonly owners: readonly { readonly email: string; readonly name: string | null }[];
    readonly currencies: readonly string[];
  };
};

/** `stable` is the same for everybody and comes first, so that the vendor's cache holds it; `variable` follows. */
export type RenderedPrompt = { readonly stable: string; readonly variable: string };

export class PromptError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PromptError';
  }
}

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;
const CUT = /<!-- cut:[^\n]*-->\n/;
const LONGEST_VALUE = 80;
const LONGEST_LIST = 20;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/**
 * Puts each value in its place, once: a value that looks like a placeholder is left as it is.
 *
 * Throws: PromptError when a placeholder has no value, or a value no placeholder.
 */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const filled = template.replace(PLACEHOLDER, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new PromptError(`the prompt has no value for {{${name}}}`);
    used.add(name);
    return value;
  });
  const unknown = Object.keys(values).filter((name) => !used.has(name));
  if (unknown.length > 0) throw new PromptError(`the prompt has no place for ${unknown.join(', ')}`);
  return filled;
}

/** One line of bounded length: names come from imported files and may try to be a heading or an order. */
const oneLine = (text: string): string => {
  const line = text
    .replace(/[<>`#{}]/g, '')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}…` : line;
};

const list = (items: readonly string[]): string => {
  if (items.length === 0) return 'none';
  const shown = items.slice(0, LONGEST_LIST).map(oneLine).join(', ');
  return items.length > LONGEST_LIST ? `${shown} and others` : shown;
};

/** What calling a tool does; what each is for goes with the tool itself. */
const effects = {
  read: 'looks only',
  record: 'writes an internal note at once, which can be taken back',
  propose: 'makes a draft that waits for a person',
} as const;

const toolList = (tools: CollectorPrompt['tools']): string =>
  (Object.keys(effects) as (keyof typeof effects)[])
    .map((effect) => ({ effect, named: tools.filter((tool) => tool.effect === effect) }))
    .filter(({ named }) => named.length > 0)
    .map(({ effect, named }) => `- ${effects[effect]}: ${named.map(({ name }) => name).join(', ')}`)
    .join('\n');

const template = readFileSync(new URL('./collector.md', import.meta.url), 'utf8');

/**
 * The system prompt of the conversation agent.
 *
 * Throws: PromptError when the template and the values do not fit each other.
 */
export function renderCollectorPrompt(prompt: CollectorPrompt): RenderedPrompt {
  const [stable, variable, ...more] = template.split(CUT);
  if (stable === undefined || variable === undefined || more.length > 0)
    throw new PromptError('the prompt must have exactly one cut');
  const { segments, owners, currencies } = prompt.vocabulary;
  return {
    stable: fill(stable, {
      tools: toolList(prompt.tools),
    }),
    variable: fill(variable, {
      tenant: oneLine(prompt.tenant),
      user_name: oneLine(prompt.user.name),
      user_role: oneLine(prompt.user.role),
      segments: list(segments),
      owners: list(owners.map(({ email, name }) => (name ? `${name} (${email})` : email))),
      currencies: list(currencies),
      today: prompt.today,
      weekday: WEEKDAYS[new Date(`${prompt.today}T00:00:00Z`).getUTCDay()] ?? '',
    }),
  };
}
