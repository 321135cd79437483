/** Which tools belong together. All of them at once would make every request to a model too long. */
import type { Tool } from './define-tool.ts';

export const toolGroups = ['chase', 'cash'] as const;
export type ToolGroup = (typeof toolGroups)[number];

const members: Readonly<Record<ToolGroup, ReadonlySet<string>>> = {
  chase: new Set([
    'worklist',
    'draft_email',
    'draft_many',
    'revise_draft',
    'list_proposals',
    'set_hold',
    'lift_hold',
    'log_promise',
    'open_dispute',
    'propose_policy_change',
    'audit_trail',
  ]),
  cash: new Set([
    'match_payments',
    'explain_payment',
    'find_payer',
    'propose_application',
    'propose_adjustment',
    'reverse_application',
    'list_matches',
  ]),
};

/** Null: it is in no group and always at hand, as is what answers from the ledger. */
export const groupOf = (name: string): ToolGroup | null =>
  toolGroups.find((group) => members[group].has(name)) ?? null;

/** What is always at hand, and the tools of one group. */
export const toolsWith = (tools: readonly Tool[], group: ToolGroup): Tool[] =>
  tools.filter(({ name }) => [null, group].includes(groupOf(name)));
