/** What the command line can do about cash; the composition root implements it. */
import type {
  ListMatchesInput,
  ListMatchesOutput,
  PayerMemoryOutput,
  ReplayOutput,
  ReversedApplication,
} from '../../domain/cash/answers.ts';
import type { MatchRun } from '../../domain/cash/applications.ts';
import type { BankImport } from '../../domain/cash/bank-import.ts';
import type { BankCsvMap } from '../../ports/bank-files.ts';

/** The user to act as, by address; none: the local admin. */
type As = { as?: string | undefined };

/** What was read, and how each CSV was. */
export type BankReading = BankImport & {
  readonly csvMaps: readonly {
    readonly file: string;
    readonly map: BankCsvMap;
    readonly confirmed: boolean;
  }[];
};

export type CashCommands = {
  /** With `csvMap`, the path of a JSON file, CSV files are read so. Throws: InvalidInputError for one not there. */
  bank(
    paths: string[],
    options: { dryRun: boolean; csvMap?: string | undefined } & As,
    onProgress: (text: string) => void,
  ): Promise<BankReading & { notes: string[] }>;
  match(options: { dryRun: boolean } & As): Promise<MatchRun>;
  replay(
    window: { from: string; to: string },
    options: As,
    onProgress: (text: string) => void,
  ): Promise<ReplayOutput>;
  matches(input: ListMatchesInput, options: As): Promise<ListMatchesOutput>;
  undoMatch(matchId: number, options: { note?: string | undefined } & As): Promise<ReversedApplication>;
  payers(options: { customer?: string | undefined } & As): Promise<PayerMemoryOutput>;
  /** Forgets a name or account as it is listed. Throws: NotFoundError, InvalidInputError where several fit. */
  forgetPayer(
    payer: string,
    options: { customer?: string | undefined } & As,
  ): Promise<{ forgotten: PayerMemoryOutput['payers'] }>;
};
