/** What the console's cash page needs from the rest. Everything runs as the user that `as` names. */
import type {
  ExplainPaymentInput,
  ExplainPaymentOutput,
  ListCashInput,
  ListCashOutput,
  ListMatchesInput,
  ListMatchesOutput,
  PayerMemoryOutput,
  PaymentDeskOutput,
  ProposeApplicationInput,
  ReversedApplication,
} from '../../domain/cash/answers.ts';
import type { MatchRun, PaymentRef } from '../../domain/cash/applications.ts';
import type { BankImport } from '../../domain/cash/bank-import.ts';
import type { DecideOutput, ProposalView } from '../../domain/chase/proposals.ts';
import type { BankCsvMap } from '../../ports/bank-files.ts';
import type { As } from './chase-deps.ts';

/** How a CSV is read; null for any other format. */
export type CsvMapShown = { readonly map: BankCsvMap; readonly confirmed: boolean } | null;

export type BankUpload = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly dryRun: boolean;
  /** How a person said that the CSV is read; kept for files with the same header when it is taken in. */
  readonly csvMap?: BankCsvMap | undefined;
};

/** Errors are RemyErrors whose message may be shown. */
export type WebCash = {
  list(input: ListCashInput, as: As): Promise<ListCashOutput>;
  desk(input: { paymentId: number; customerId?: number | undefined }, as: As): Promise<PaymentDeskOutput>;
  explain(input: ExplainPaymentInput, as: As): Promise<ExplainPaymentOutput>;
  propose(input: ProposeApplicationInput, as: As): Promise<{ proposal: ProposalView }>;
  /** Takes another of the ways that the card of a proposal showed. */
  choose(
    click: { proposalId: number; revision: number; digest: string; alternative: number },
    as: As,
  ): Promise<DecideOutput>;
  setAside(input: { paymentId: number; reason: string }, as: As): Promise<{ payment: PaymentRef }>;
  undoSetAside(paymentId: number, as: As): Promise<{ payment: PaymentRef }>;
  matches(input: ListMatchesInput, as: As): Promise<ListMatchesOutput>;
  reverse(input: { matchId: number; note?: string | undefined }, as: As): Promise<ReversedApplication>;
  payers(as: As): Promise<PayerMemoryOutput>;
  forgetPayer(
    input: { kind: 'name' | 'account'; key: string; customerId: number },
    as: As,
  ): Promise<{ forgotten: number }>;
  match(input: { dryRun: boolean }, as: As): Promise<MatchRun>;
  /** A file that is refused is an entry of `errors`. */
  bank(upload: BankUpload, as: As): Promise<BankImport & { csvMap: CsvMapShown }>;
};
