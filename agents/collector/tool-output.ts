/** How a tool's output reaches the model: as JSON text of bounded length. */
import { RemyError } from '../../src/domain/errors.ts';
import { visibleJson } from '../../src/domain/visible-text.ts';

/** The output that stands for a failed call: the model may try again or tell the person. */
export type ToolFailure = { error: { code: string; message: string } };

export const toolFailure = (error: unknown): ToolFailure => {
  if (error instanceof RemyError) return { error: { code: error.code, message: error.message } };
  return {
    error: { code: 'internal', message: 'The tool failed inside Remy; this is logged. Nothing was changed.' },
  };
};

type Lists = { holder: Record<string, unknown>; key: string; list: unknown[] };

function longestList(value: unknown, found: Lists | null = null): Lists | null {
  if (typeof value !== 'object' || value === null) return found;
  let best = found;
  for (const [key, child] of Object.entries(value)) {
    if (Array.isArray(child) && child.length > (best?.list.length ?? 1))
      best = { holder: value as Record<string, unknown>, key, list: child };
    best = longestList(child, best);
  }
  return best;
}

/** JSON text of at most `characters`; longer outputs lose the ends of their longest lists and say so. */
export function outputText(output: unknown, characters: number): string {
  let text = visibleJson(output);
  if (text.length <= characters) return text;
  const copy = JSON.parse(text) as Record<string, unknown>;
  copy.cut = 'Lists were shortened to fit; totals and counts are still of everything.';
  while (text.length > characters) {
    const longest = longestList(copy);
    if (!longest)
      return JSON.stringify({
        error: { code: 'too_long', message: 'The output is too long; ask for less.' },
      });
    longest.holder[longest.key] = longest.list.slice(0, Math.floor(longest.list.length / 2));
    text = JSON.stringify(copy);
  }
  return text;
}
