/** The console's API of cash. Every failure is an ApiError whose message can be shown as it is. */
import type {
  ExplainPaymentOutput,
  ListCashOutput,
  ListMatchesOutput,
  PayerMemoryOutput,
  PaymentDeskOutput,
  ProposeApplicationInput,
  ReversedApplication,
} from '../../../domain/cash/answers.ts';
import type { MatchRun, PaymentRef } from '../../../domain/cash/applications.ts';
import type { BankImport } from '../../../domain/cash/bank-import.ts';
import type { BankCsvMap } from '../../../ports/bank-files.ts';
import type { CsvMapShown } from '../cash-deps.ts';
import { get, post, type ShownCard, upload } from './api.ts';
import type { Decided, Seen, ShownProposal } from './chase-api.ts';

export type CashQuery = {
  currency?: string;
  text?: string;
  receivedTo?: string;
  limit: string;
  offset: string;
};

export const readCash = (query: CashQuery) =>
  get<ListCashOutput>(`/api/cash/payments?${new URLSearchParams(query)}`);
export const readDesk = (paymentId: number, customerId?: number) =>
  get<PaymentDeskOutput>(
    `/api/cash/payments/${paymentId}${customerId === undefined ? '' : `?customerId=${customerId}`}`,
  );
export const explain = (paymentId: number, owed?: string) =>
  get<ShownCard & { explanation: ExplainPaymentOutput }>(
    `/api/cash/payments/${paymentId}/explain${owed === undefined ? '' : `?owed=${owed}`}`,
  );
export const propose = (
  paymentId: number,
  placed: Pick<ProposeApplicationInput, 'parts' | 'credits' | 'adjustments'>,
) => post<ShownProposal>(`/api/cash/payments/${paymentId}/propose`, placed);
export const choose = ({ proposalId, revision, digest }: Seen, alternative: number) =>
  post<Decided>(`/api/cash/proposals/${proposalId}/choose`, { revision, digest, alternative });
export const setAside = (paymentId: number, reason: string) =>
  post<{ payment: PaymentRef }>(`/api/cash/payments/${paymentId}/set-aside`, { reason });
export const takeBack = (paymentId: number) =>
  post<{ payment: PaymentRef }>(`/api/cash/payments/${paymentId}/take-back`, {});

export const readMatches = (limit: number) => get<ListMatchesOutput>(`/api/cash/matches?limit=${limit}`);
export const reverse = (matchId: number) =>
  post<ShownCard & { reversed: ReversedApplication }>(`/api/cash/matches/${matchId}/reverse`, {});
export const readPayers = () => get<PayerMemoryOutput>('/api/cash/payers');
export const forgetPayer = (payer: { kind: 'name' | 'account'; key: string; customerId: number }) =>
  post<{ forgotten: number }>('/api/cash/payers/forget', payer);
export const runMatching = (dryRun: boolean) =>
  post<ShownCard & { summary: MatchRun['summary'] }>('/api/cash/match', { dryRun });

export type BankRead = BankImport & { csvMap: CsvMapShown; errorCount: number };
/** `progress` gets the share that has been sent, 0 to 1. */
export const sendBankFile = (
  file: File,
  dryRun: boolean,
  map: BankCsvMap | undefined,
  progress: (sent: number) => void,
): Promise<BankRead> => {
  const query = new URLSearchParams({ name: file.name.slice(-200), dryRun: String(dryRun) });
  if (map) query.set('map', JSON.stringify(map));
  return upload<BankRead>(`/api/cash/bank?${query}`, file, progress);
};
