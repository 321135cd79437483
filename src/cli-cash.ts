/** The commands of cash over the operations. Each opens the installation for one piece of work. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type CashDesk, undoMatch } from './cash-desk.ts';
import type { PayerMemoryOutput } from './domain/cash/answers.ts';
import { baseName } from './domain/customer.ts';
import { InvalidInputError, NotFoundError } from './domain/errors.ts';
import type { FindCustomerOutput } from './domain/ledger-query/answers.ts';
import type { Context } from './ports/actor.ts';
import { bankCsvMap } from './ports/bank-csv-map.ts';
import type { BankCsvMap } from './ports/bank-files.ts';
import type { BankReading, CashCommands } from './surfaces/cli/cash-commands.ts';

/** One open installation. */
export type CashInstallation = {
  cash: CashDesk;
  /** The demo company is shown, not a ledger of one's own. */
  isDemo: boolean;
  findCustomer(input: { name: string }, context: Context): Promise<FindCustomerOutput>;
};

type Within = <Result>(
  work: (installation: CashInstallation, context: Context) => Promise<Result>,
) => Promise<Result>;

/** Throws: InvalidInputError that says what is wrong with the file. */
async function readCsvMap(path: string): Promise<BankCsvMap> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new InvalidInputError(`${path} cannot be read. Nothing was stored.`, { cause: error });
  });
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new InvalidInputError(`${path} is not JSON: ${(error as Error).message}. Nothing was stored.`, {
      cause: error,
    });
  }
  const parsed = bankCsvMap.safeParse(document);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`);
  throw new InvalidInputError(
    `${path} is no column map: ${wrong.join('; ')}. "remy bank FILE --dry-run --json" gives one as csvMaps[0].map.`,
  );
}

/** How each CSV among the files is read, for a person to look at. Files that are refused have none. */
async function csvMapsOf(
  { cash }: CashInstallation,
  paths: readonly string[],
  given: BankCsvMap | undefined,
  context: Context,
): Promise<BankReading['csvMaps']> {
  const maps: BankReading['csvMaps'][number][] = [];
  for (const path of paths) {
    const found = await cash.guessBankCsv({ name: path, bytes: path }, context).catch((error: unknown) => {
      // what is wrong with it stands among the errors
      if (error instanceof InvalidInputError) return null;
      throw error;
    });
    if (found) maps.push({ file: path, ...(given ? { map: given, confirmed: true } : found) });
  }
  return maps;
}

/** The one customer with this name or code. Throws: InvalidInputError that lists what it could be (policy P-5). */
async function customerOf(
  { findCustomer }: CashInstallation,
  name: string,
  context: Context,
): Promise<number> {
  const { resolved, matches } = await findCustomer({ name }, context);
  if (resolved) return resolved.id;
  throw new InvalidInputError(
    matches.length === 0
      ? `There is no customer "${name}".`
      : `"${name}" fits several: ${matches.map((each) => `${each.name} (${each.code})`).join(', ')}. Give the code.`,
  );
}

type Payer = PayerMemoryOutput['payers'][number];

/** The remembered names and accounts that are meant by what was typed, exactly as listed or in another spelling. */
const meant = (payers: readonly Payer[], typed: string): Payer[] => {
  const exact = payers.filter(({ key }) => key === typed);
  if (exact.length > 0) return exact;
  const account = typed.toUpperCase().replace(/\s+/g, '');
  return payers.filter(({ kind, key }) => key === (kind === 'account' ? account : baseName(typed)));
};

async function forget(
  installation: CashInstallation,
  typed: string,
  customerId: number | undefined,
  context: Context,
): Promise<{ forgotten: Payer[] }> {
  const { payers } = await installation.cash.listPayers({ customerId }, context);
  const found = meant(payers, typed);
  const owners = [...new Set(found.map(({ customer }) => `${customer.name} (${customer.code})`))];
  if (owners.length > 1)
    throw new InvalidInputError(
      `"${typed}" is remembered for ${owners.join(' and ')}. Say for which with --customer.`,
    );
  if (found.length === 0)
    throw new NotFoundError(`Nothing is remembered of "${typed}". "remy payers --all" lists what is.`);
  for (const { kind, key, customer } of found)
    await installation.cash.forgetPayer({ kind, key, customerId: customer.id }, context);
  return { forgotten: found };
}

/** `open` opens the installation as the given user (the local admin where none is given) and closes it again. */
export function cliCash(open: (as?: string) => Within): CashCommands {
  return {
    bank: async (paths, { dryRun, csvMap: path, as }, onProgress) => {
      const missing = paths.filter((each) => !existsSync(each));
      if (missing.length > 0)
        throw new InvalidInputError(`There is no file ${missing.join(', ')}. Nothing was stored.`);
      const given = path === undefined ? undefined : await readCsvMap(path);
      const work = async (installation: CashInstallation, context: Context): Promise<BankReading> => {
        const csvMaps = await csvMapsOf(installation, paths, given, context);
        const read = await installation.cash.importBank(
          paths.map((each) => ({ name: each, bytes: each })),
          {
            dryRun,
            ...(given && { csvMap: given }),
            progress: ({ file, lines }) => onProgress(`${file}: ${lines} lines`),
          },
          context,
        );
        return { ...read, csvMaps };
      };
      return open(as)(async (installation, context) => ({
        ...(await work(installation, context)),
        notes:
          installation.isDemo && !dryRun
            ? ['This went to the demo company. Your own ledger comes first: npx remy import FILE...']
            : [],
      }));
    },
    match: ({ dryRun, as }) => open(as)(({ cash }, context) => cash.runMatching({ dryRun }, context)),
    replay: (window, { as }, onProgress) =>
      open(as)(({ cash }, context) => cash.replayMatches(window, context, onProgress)),
    matches: (input, { as }) => open(as)(({ cash }, context) => cash.listMatches(input, context)),
    undoMatch: (matchId, { note, as }) =>
      open(as)(({ cash }, context) => undoMatch(cash, { matchId, note }, context)),
    payers: ({ customer, as }) =>
      open(as)(async (installation, context) =>
        installation.cash.listPayers(
          customer === undefined ? {} : { customerId: await customerOf(installation, customer, context) },
          context,
        ),
      ),
    forgetPayer: (payer, { customer, as }) =>
      open(as)(async (installation, context) => {
        const customerId =
          customer === undefined ? undefined : await customerOf(installation, customer, context);
        return forget(installation, payer, customerId, context);
      }),
  };
}
