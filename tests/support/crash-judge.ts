/** What the provider's journal and the tables must say once all faults have stopped. */
import type { Desk } from './chase-desk.ts';
import type { Account } from './draft-builders.ts';
import type { JournalMailbox } from './journal-mailbox.ts';

export type Case = {
  /** Null for a change of the policy. */
  readonly account: Account | null;
  readonly proposalId: number;
  paid: boolean;
  undone: boolean;
};

/** An approval that a person was told of. */
export type Told = { readonly proposalId: number; readonly revision: number };

type Story = {
  readonly desk: Desk;
  readonly mailbox: JournalMailbox;
  readonly cases: readonly Case[];
  readonly told: readonly Told[];
};

export type Verdict = {
  readonly sent: number;
  /** Emails that left more than once. */
  readonly duplicates: readonly string[];
  /** Approved and unblocked, and never left; or still not decided. */
  readonly lost: readonly string[];
  /** Anything else that does not fit. */
  readonly wrong: readonly string[];
};

type Row = {
  proposal_id: number;
  revision: number;
  kind: 'email' | 'policy_change';
  message_id: string | null;
  versions: number;
  state: string;
  error: string | null;
  proposal: string;
  messages: number;
  events: number;
  audits: number;
  finals: number;
  approvers: number;
  needed: number;
};

const readAll = async ({ desk, cases }: Story): Promise<Row[]> =>
  (
    await desk.where.database.pool.query<Row>(
      `select e.kind, e.proposal_id::int, e.revision, e.message_id, e.state, e.error, p.state as proposal, p.approvals_needed as needed,
         (select count(*)::int from message m where m.tenant_id = $1 and m.external_id = e.message_id) as messages,
         (select count(*)::int from timeline_event t where t.tenant_id = $1 and t.kind = 'chased'
            and t.detail->>'proposalId' = p.id::text) as events,
         (select count(*)::int from policy_version v where v.tenant_id = $1 and v.proposal_id = p.id) as versions,
         (select count(*)::int from audit a where a.tenant_id = $1 and a.act in ('email_sent', 'policy_changed')
            and a.detail->>'effectId' = e.id::text) as audits,
         (select count(*)::int from decision d where d.tenant_id = $1 and d.proposal_id = p.id
            and d.revision = e.revision and d.final and d.kind in ('approve', 'reject', 'snooze')) as finals,
         (select count(distinct d.user_id)::int from decision d where d.tenant_id = $1 and d.proposal_id = p.id
            and d.revision = e.revision and d.kind = 'approve' and d.digest = e.digest) as approvers
       from effect e join proposal p on p.tenant_id = $1 and p.id = e.proposal_id
       where e.tenant_id = $1 and e.proposal_id = any($2::bigint[]) order by e.id`,
      [desk.where.tenantId, cases.map((each) => each.proposalId)],
    )
  ).rows;

/** Why a state of an effect does not fit the journal and the story; null when it does. */
function misfit(row: Row, left: number, story: Story): string | null {
  const one = story.cases.find((each) => each.proposalId === row.proposal_id)!;
  if (['ready', 'sending', 'unknown'].includes(row.state)) return `is still ${row.state}`;
  if ((row.state === 'sent') !== left > 0) return `is ${row.state}, and ${left} left`;
  if (row.state === 'void' && !one.paid) return `is void without a reason: ${row.error}`;
  if (row.state === 'cancelled' && !one.undone) return 'is cancelled though nobody took it back';
  return row.state === 'dead' ? `is dead: ${row.error}` : null;
}

function details(row: Row): string[] {
  const name = `proposal ${row.proposal_id}`;
  const expected = row.state === 'sent' ? 1 : 0;
  const counted = [...(row.kind === 'email' ? [row.messages] : []), row.audits].filter(
    (each) => each !== expected,
  );
  return [
    ...(counted.length > 0 ? [`${name}: ${row.messages} messages, ${row.audits} audit rows`] : []),
    ...(row.events > 1 ? [`${name}: ${row.events} events`] : []),
    ...(row.finals === 1 ? [] : [`${name}: ${row.finals} final decisions on revision ${row.revision}`]),
    ...(row.approvers >= row.needed ? [] : [`${name}: ${row.approvers} of ${row.needed} approvers`]),
    ...(row.state === 'sent' && row.proposal !== 'done' ? [`${name}: sent, but ${row.proposal}`] : []),
    ...(row.state === 'void' && row.proposal !== 'stale' ? [`${name}: void, but ${row.proposal}`] : []),
  ];
}

export async function judge(story: Story): Promise<Verdict> {
  const rows = await readAll(story);
  const journal = story.mailbox.journal.map((each) => each.messageId);
  const times = (row: Row): number =>
    row.kind === 'policy_change'
      ? row.state === 'sent' || row.versions > 1
        ? row.versions
        : 0
      : journal.filter((each) => each === row.message_id).length;
  const perProposal = (id: number): number =>
    rows.filter((row) => row.proposal_id === id).reduce((sum, row) => sum + times(row), 0);
  const strangers = journal.filter((id) => !rows.some((row) => row.message_id === id));
  return {
    sent: journal.length + rows.filter((row) => row.kind === 'policy_change' && row.versions > 0).length,
    duplicates: story.cases
      .filter((each) => perProposal(each.proposalId) > 1)
      .map((each) => `proposal ${each.proposalId} left ${perProposal(each.proposalId)} times`),
    lost: [
      ...rows.flatMap((row) => {
        const why = misfit(row, times(row), story);
        return why === null ? [] : [`proposal ${row.proposal_id} revision ${row.revision} ${why}`];
      }),
      ...story.told
        .filter(
          (told) =>
            !rows.some((row) => row.proposal_id === told.proposalId && row.revision === told.revision),
        )
        .map((told) => `the approval of proposal ${told.proposalId} is gone`),
    ],
    wrong: [...strangers.map((id) => `nobody approved ${id}`), ...rows.flatMap(details)],
  };
}
