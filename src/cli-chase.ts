/** The commands of chasing over the operations. Each opens the installation for one piece of work. */
import { readFile, writeFile } from 'node:fs/promises';
import { type ChaseDesk, proposalOf } from './chase-desk.ts';
import type { DecideInput } from './domain/chase/proposals.ts';
import { InvalidInputError, RemyError } from './domain/errors.ts';
import type { FindCustomerOutput } from './domain/ledger-query/answers.ts';
import type { Context, Role } from './ports/actor.ts';
import type { ChaseCommands, Settings, Verdict } from './surfaces/cli/chase-commands.ts';

const VIA = 'command_line';

/** One open installation. */
export type Installation = {
  desk: ChaseDesk;
  /** Sends what is due now; gives how many were tried. */
  sendDue(context: Context): Promise<number>;
  findCustomer(input: { name: string }, context: Context): Promise<FindCustomerOutput>;
  addUser(user: { email: string; name: string | null; role: Role }, context: Context): Promise<void>;
};

type Within = <Result>(
  work: (installation: Installation, context: Context) => Promise<Result>,
) => Promise<Result>;

const inputOf = (
  verdict: Verdict,
  seen: { proposalId: number; revision: number; digest: string },
): DecideInput =>
  verdict.kind === 'undo' ? { kind: 'undo', proposalId: seen.proposalId } : { ...verdict, ...seen };

/** Throws: InvalidInputError that says what is wrong with the file. */
async function readDocument(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new InvalidInputError(`${path} cannot be read. Nothing was stored.`, { cause: error });
  });
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new InvalidInputError(`${path} is not JSON: ${(error as Error).message}. Nothing was stored.`, {
      cause: error,
    });
  }
}

/** The one customer with this name or code. Throws: InvalidInputError that lists what it could be (policy P-5). */
async function customerOf(installation: Installation, name: string, context: Context): Promise<number> {
  const { resolved, matches } = await installation.findCustomer({ name }, context);
  if (resolved) return resolved.id;
  throw new InvalidInputError(
    matches.length === 0
      ? `There is no customer "${name}".`
      : `"${name}" fits several: ${matches.map((each) => `${each.name} (${each.code})`).join(', ')}. Give the code.`,
  );
}

const settingsOf = ({ desk }: Installation, context: Context): Promise<Settings> =>
  desk.readPolicy({}, context);

const people = async ({ desk }: Installation, context: Context) => ({
  users: await desk.listUsers({}, context),
});

/** Writes every entry of these days with its hash, as CSV where the file's name says so; gives how many. */
async function exportTrail(
  { desk }: Installation,
  { from, to, exportTo }: { from?: string | undefined; to?: string | undefined; exportTo: string },
  context: Context,
): Promise<number> {
  const format = /\.csv$/i.test(exportTo) ? 'csv' : 'json';
  let lines = format === 'csv' ? -1 : 0;
  const counted = async function* () {
    for await (const text of desk.exportAudit({ format, from, to }, context)) {
      lines += 1;
      yield text;
    }
  };
  await writeFile(exportTo, counted()).catch((error: unknown) => {
    if (error instanceof RemyError) throw error;
    throw new InvalidInputError(`${exportTo} cannot be written. Give a file in a folder you may write to.`, {
      cause: error,
    });
  });
  return lines;
}

const MOST_EFFECTS = 200;

/** `open` opens the installation as the given user (the local admin where none is given) and closes it again. */
export function cliChase(open: (as?: string) => Within): ChaseCommands {
  return {
    worklist: ({ as, ...input }) => open(as)(({ desk }, context) => desk.worklist(input, context)),
    digest: ({ audience }) => open()(({ desk }, context) => desk.digest.preview({ audience }, context)),
    proposals: ({ as, ...input }) => open(as)(({ desk }, context) => desk.listProposals(input, context)),
    proposal: (id, { as }) => open(as)(({ desk }, context) => proposalOf(desk, id, context)),
    decide: (id, verdict, { as, revision }, before) =>
      open(as)(async ({ desk }, context) => {
        const view = await proposalOf(desk, id, context);
        if (revision !== undefined && revision !== view.revision)
          throw new InvalidInputError(
            `Proposal ${id} is at revision ${view.revision} now, not ${revision}, so nothing was decided. Look at it first: remy proposals show ${id}`,
          );
        if (!(await before(view))) return null;
        const seen = { proposalId: id, revision: view.revision, digest: view.digest };
        return desk.decide(inputOf(verdict, seen), context, VIA);
      }),
    outbox: ({ send }) =>
      open()(async ({ desk, sendDue }, context) => {
        const acted = send ? await sendDue(context) : null;
        const { effects } = await desk.listEffects({ state: 'all', limit: MOST_EFFECTS }, context);
        return { acted, effects: [...effects] };
      }),
    retry: (effectId, { as }) =>
      open(as)(async ({ desk }, context) => {
        await desk.retryEffect({ effectId }, context);
        const { effects } = await desk.listEffects({ state: 'all', limit: MOST_EFFECTS }, context);
        return effects.find((each) => each.id === effectId)!;
      }),
    tasks: ({ as }) => open(as)(async ({ desk }, context) => ({ tasks: await desk.listTasks({}, context) })),
    settings: () => open()(settingsOf),
    setSettings: (kind, path, { as }) =>
      open(as)(async (installation, context) => {
        const { proposal } = await installation.desk.changeSettings(
          { kind, data: await readDocument(path) },
          context,
        );
        return { proposal, ...(await settingsOf(installation, context)) };
      }),
    restoreContact: (email, { as }) =>
      open(as)(({ desk }, context) => desk.restoreContact({ email }, context)),
    users: () => open()(people),
    addUser: (user) =>
      open()(async (installation, context) => {
        await installation.addUser(user, context);
        return people(installation, context);
      }),
    audit: ({ from, to, customer, sent, exportTo, limit }) =>
      open()(async (installation, context) => {
        const customerId =
          customer === undefined ? undefined : await customerOf(installation, customer, context);
        const asked = { from, to, customerId, sent, by: 'all' as const, limit };
        const output = await installation.desk.auditTrail(asked, context);
        if (exportTo === undefined) return { ...output, exported: null };
        return { ...output, exported: await exportTrail(installation, { from, to, exportTo }, context) };
      }),
  };
}
