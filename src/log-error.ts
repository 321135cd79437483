/** What the log holds of an error. */

const KEPT = ['name', 'code', 'status', 'constraint', 'table', 'routine'] as const;
const DEEPEST = 5;

/**
 * An error's kind, message, stack and causes. Everything else stays out: the database puts the refused row into
 * `detail` and the statement's values into `where`, the model's client puts the conversation into its request.
 */
export function loggedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error : typeof error };
  const fields = error as unknown as Record<string, unknown>;
  const kept = KEPT.filter((key) => ['string', 'number'].includes(typeof fields[key]));
  return {
    ...Object.fromEntries(kept.map((key) => [key, fields[key]])),
    message: error.message,
    stack: error.stack,
    ...(error.cause !== undefined && depth < DEEPEST && { cause: loggedError(error.cause, depth + 1) }),
  };
}
