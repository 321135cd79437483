/** The console's cash page over the operations. */
import { type CashDesk, chooseWay, undoMatch } from './cash-desk.ts';
import { InvalidInputError } from './domain/errors.ts';
import type { Context } from './ports/actor.ts';
import type { BankUpload, CsvMapShown, WebCash } from './surfaces/web/cash-deps.ts';
import type { As } from './surfaces/web/chase-deps.ts';

const VIA = 'console';

type ContextOf = (thread: string, as: As) => Promise<Context>;

/** How the CSV was read; a file that is refused says why among its errors. */
const mapInForce = (desk: CashDesk, upload: BankUpload, context: Context): Promise<CsvMapShown> =>
  desk.guessBankCsv(upload, context).catch((error: unknown) => {
    if (error instanceof InvalidInputError) return null;
    throw error;
  });

/** A map that a person confirmed is kept first, so that the file is never taken in by another one. */
async function takeFile(desk: CashDesk, upload: BankUpload, context: Context) {
  const { name, bytes, dryRun, csvMap: map } = upload;
  const file = { name, bytes };
  if (map && !dryRun) await desk.confirmBankCsv({ file, map }, context);
  const read = await desk.importBank([file], { dryRun, ...(map && { csvMap: map }) }, context);
  const csvMap = map ? { map, confirmed: true } : await mapInForce(desk, upload, context);
  return { ...read, csvMap };
}

/** `contextOf` resolves the address that the console acts as; what it may do follows from that user's own row. */
export function webCash(desk: CashDesk, contextOf: ContextOf): WebCash {
  const at = (as: As): Promise<Context> => contextOf(VIA, as);
  return {
    list: async (input, as) => desk.listCash(input, await at(as)),
    desk: async (input, as) => desk.paymentDesk(input, await at(as)),
    explain: async (input, as) => desk.explainPayment(input, await at(as)),
    propose: async (input, as) => desk.proposeApplication(input, await at(as), VIA),
    choose: async (click, as) => chooseWay(desk, click, await at(as), VIA),
    setAside: async (input, as) => desk.setAside(input, await at(as)),
    undoSetAside: async (paymentId, as) => desk.undoReturn({ paymentId }, await at(as)),
    matches: async (input, as) => desk.listMatches(input, await at(as)),
    reverse: async (input, as) => undoMatch(desk, input, await at(as)),
    payers: async (as) => desk.listPayers({}, await at(as)),
    forgetPayer: async (input, as) => desk.forgetPayer(input, await at(as)),
    match: async (input, as) => desk.runMatching(input, await at(as)),
    bank: async (upload, as) => takeFile(desk, upload, await at(as)),
  };
}
