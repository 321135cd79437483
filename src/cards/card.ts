/**
 * The neutral card: what is shown in chat, before any surface's format. Made by code from tool outputs, never by a
 * model. Every surface has one renderer; what does not fit is cut with "show more", it never fails.
 */
import { z } from 'zod';
import { checkResult, proposalState } from '../domain/chase/proposals.ts';
import { cardButton } from './card-action.ts';

const cell = z.object({
  text: z.string(),
  align: z.enum(['left', 'right']).optional(),
  tone: z.enum(['good', 'warning', 'bad', 'muted']).optional(),
  /** A total, or what the row is about. */
  strong: z.boolean().optional(),
  /** Opens the account page of a customer. */
  customerId: z.int().optional(),
});
export type Cell = z.infer<typeof cell>;

export const block = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: z.string(),
    tone: z.enum(['normal', 'muted', 'warning']).default('normal'),
  }),
  z.object({
    type: z.literal('facts'),
    title: z.string().optional(),
    facts: z.array(
      z.object({
        label: z.string(),
        value: z.string(),
        tone: z.enum(['good', 'warning', 'bad', 'muted']).optional(),
      }),
    ),
  }),
  z.object({
    type: z.literal('table'),
    title: z.string().optional(),
    columns: z.array(z.object({ title: z.string(), align: z.enum(['left', 'right']).default('left') })),
    rows: z.array(z.array(cell)),
    /** Rows that exist beyond those given. */
    more: z.int().default(0),
  }),
  z.object({
    type: z.literal('bars'),
    title: z.string(),
    /** One bar each; `value` is decimal text in `unit` (a currency code, or "days", "%"). */
    unit: z.string(),
    bars: z.array(
      z.object({
        label: z.string(),
        value: z.string(),
        tone: z.enum(['good', 'warning', 'bad', 'muted']).optional(),
      }),
    ),
  }),
  z.object({
    type: z.literal('trend'),
    title: z.string(),
    unit: z.string(),
    points: z.array(z.object({ label: z.string(), value: z.string() })),
  }),
  z.object({
    type: z.literal('timeline'),
    title: z.string().optional(),
    events: z.array(
      z.object({ day: z.string(), kind: z.string(), text: z.string(), invoice: z.string().optional() }),
    ),
    more: z.int().default(0),
  }),
  z.object({
    type: z.literal('choices'),
    /** Clicking one says its `say` in the thread. */
    choices: z.array(z.object({ label: z.string(), say: z.string() })),
  }),
  z.object({ type: z.literal('file'), name: z.string(), mime: z.string(), content: z.string() }),
  z.object({
    type: z.literal('email'),
    /** Every field as it leaves: read from the frozen content, never from what a model said of it. */
    from: z.string(),
    replyTo: z.string().nullable(),
    to: z.array(z.string()),
    cc: z.array(z.string()),
    bcc: z.array(z.string()),
    subject: z.string(),
    body: z.string(),
    attachments: z.array(z.object({ name: z.string(), mime: z.string(), size: z.int(), sha256: z.string() })),
    /** Whether it begins a conversation or goes into one. */
    threadNote: z.string(),
    listUnsubscribe: z.string().nullable(),
    /** Hosts that links in the text lead to. */
    linkHosts: z.array(z.string()),
    /** Characters of the body that this surface could not show; above 0 it cannot be approved there. */
    cut: z.int().default(0),
  }),
  z.object({
    type: z.literal('checks'),
    title: z.string(),
    checks: z.array(checkResult),
  }),
  z.object({ type: z.literal('actions'), buttons: z.array(cardButton) }),
]);
export type Block = z.infer<typeof block>;

export const card = z.object({
  title: z.string(),
  blocks: z.array(block),
  /** The stored figure behind this card, for "show rows" and "how was this computed". */
  figureId: z.int().optional(),
  /** How it was computed, in words: filter, method, as-of day. */
  method: z.string().optional(),
  /** All rows behind the figure are in the card already, so there is nothing more to show. */
  allRows: z.boolean().optional(),
  /** The account this card is about, for a link to its page. */
  customerId: z.int().optional(),
  /** The proposal this card shows, so that a surface can bring an old card up to date. */
  proposal: z
    .object({
      id: z.int(),
      revision: z.int(),
      state: proposalState,
      /** When an approved email leaves, ISO 8601; null when nothing is on its way. */
      leavesAt: z.string().nullable(),
    })
    .optional(),
});
export type Card = z.infer<typeof card>;
