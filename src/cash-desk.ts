/** The operations of cash put together once, for the console and the command line alike. */
import { createBankFiles } from './connectors/bank-files/index.ts';
import type { ReversedApplication } from './domain/cash/answers.ts';
import type { ApplicationContent } from './domain/cash/applications.ts';
import { samePlacing } from './domain/cash/same-placing.ts';
import type { ProposalView } from './domain/chase/proposals.ts';
import { InvalidInputError } from './domain/errors.ts';
import { createConfirmBankCsv } from './operations/confirm-bank-csv.ts';
import { createExplainPayment } from './operations/explain-payment.ts';
import { createGuessBankCsv } from './operations/guess-bank-csv.ts';
import { createImportBank } from './operations/import-bank.ts';
import { createListCash } from './operations/list-cash.ts';
import { createListMatches } from './operations/list-matches.ts';
import { createListProposals } from './operations/list-proposals.ts';
import { createMatchPayments, createRunMatching } from './operations/match-payments.ts';
import { createForgetPayer, createListPayerMemory } from './operations/payer-memory.ts';
import { createPaymentDesk } from './operations/payment-desk.ts';
import { createProposeAdjustment } from './operations/propose-adjustment.ts';
import { createProposeApplication } from './operations/propose-application.ts';
import { createReplayMatches } from './operations/replay-matches.ts';
import { createReverseApplication } from './operations/reverse-application.ts';
import { createSetAside, createUndoReturn } from './operations/set-aside.ts';
import type { Context } from './ports/actor.ts';
import type { BankFiles } from './ports/bank-files.ts';
import type { Clock } from './ports/clock.ts';
import type { Database } from './store/pool.ts';

export type CashDesk = ReturnType<typeof createCashDesk>;

export const createCashDesk = (
  database: Database,
  clock: Clock,
  bankFiles: BankFiles = createBankFiles(),
) => ({
  importBank: createImportBank(database, bankFiles, clock),
  guessBankCsv: createGuessBankCsv(database, bankFiles),
  confirmBankCsv: createConfirmBankCsv(database),
  runMatching: createRunMatching(database, clock),
  matchPayments: createMatchPayments(database, clock),
  replayMatches: createReplayMatches(database),
  listCash: createListCash(database),
  listMatches: createListMatches(database),
  listProposals: createListProposals(database, clock),
  paymentDesk: createPaymentDesk(database),
  explainPayment: createExplainPayment(database),
  proposeApplication: createProposeApplication(database, clock),
  proposeAdjustment: createProposeAdjustment(database, clock),
  reverseApplication: createReverseApplication(database),
  setAside: createSetAside(database),
  undoReturn: createUndoReturn(database),
  listPayers: createListPayerMemory(database),
  forgetPayer: createForgetPayer(database),
});

/** The way as a person would say it, to the cent. */
const spelledOut = ({ applications, credits, adjustments }: ApplicationContent['placing']) => ({
  parts: applications.map(({ invoice, amount }) => ({ invoice, amount })),
  credits: credits.map(({ credit, invoice, amount }) => ({ credit, invoice, amount })),
  adjustments: adjustments.map(({ kind, invoice, amount }) => ({ kind, invoice, amount })),
});

/**
 * Takes another of the ways that the card of a proposal showed: a revision of it, exactly what was shown. Where
 * matching still finds it, it keeps matching's reasons and confidence; else it is placed as if said by hand.
 *
 * Throws: InvalidInputError when the card was not of the newest revision, NotFoundError, NotAllowedError.
 */
export async function chooseWay(
  desk: Pick<CashDesk, 'listProposals' | 'matchPayments' | 'proposeApplication'>,
  click: { proposalId: number; revision: number; digest: string; alternative: number },
  context: Context,
  origin: 'console' | 'command_line',
): Promise<{ applied: boolean; message: string; proposal: ProposalView }> {
  const { proposals } = await desk.listProposals(
    { state: 'all', proposalId: click.proposalId, limit: 1 },
    context,
  );
  const [view] = proposals;
  const content = view?.content;
  if (content?.kind !== 'application' || !content.payment)
    throw new InvalidInputError(`Proposal ${click.proposalId} does not place a payment.`);
  if (view!.revision !== click.revision || view!.digest !== click.digest || view!.state !== 'pending')
    return {
      applied: false,
      message: 'It has changed since this card was shown. Here it is as it stands now.',
      proposal: view!,
    };
  const wished = content.alternatives[click.alternative - 1];
  if (!wished) throw new InvalidInputError(`The card shows no way ${click.alternative}.`);
  const payment = { paymentId: content.payment.id };
  const run = await desk.matchPayments({ run: false, payment }, context);
  const [found] = run.payments;
  const at = found
    ? [found.placing, ...found.alternatives].findIndex((each) => samePlacing(each, wished))
    : -1;
  const how = at < 0 ? spelledOut(wished) : at === 0 ? {} : { alternative: at };
  const { proposal } = await desk.proposeApplication({ payment, ...how }, context, origin);
  return {
    applied: true,
    message: 'Taken instead. Look at it once more, then approve it.',
    proposal,
  };
}

/** What was taken back, by its number. */
export const undoMatch = (
  desk: Pick<CashDesk, 'reverseApplication'>,
  { matchId, note }: { matchId: number; note?: string | undefined },
  context: Context,
): Promise<ReversedApplication> => desk.reverseApplication({ matchId, note }, context);
