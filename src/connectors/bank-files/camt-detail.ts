/** One transaction inside an entry (`TxDtls`), reduced to what a line needs, so that its tree can be dropped. */
import { BadLineError } from './bad-line.ts';
import {
  accountAt,
  amountAt,
  type CamtAmount,
  chargesAt,
  type Direction,
  directionAt,
  nameAt,
  type Remittance,
  remittanceOf,
  transactionCode,
} from './camt-parts.ts';
import { clean, realId } from './clean-text.ts';
import { all, at, codeOf, type Node, textAt } from './xml-tree.ts';

type Side = {
  readonly name: string | null;
  readonly account: string | null;
  readonly ultimate: string | null;
};

export type CamtDetail = {
  readonly line: number;
  /** In the entry's currency; null when the detail states none. */
  readonly minor: bigint | null;
  readonly direction: Direction | null;
  readonly debtor: Side;
  readonly creditor: Side;
  readonly remittance: Remittance;
  readonly endToEndId: string | null;
  readonly bankReference: string | null;
  readonly texts: readonly string[];
  readonly code: string | null;
  readonly isReturn: boolean;
  readonly returnReason: string | null;
  readonly chargesMinor: bigint | null;
  readonly instructed: CamtAmount | null;
};

const side = (parties: Node | null, party: 'Dbtr' | 'Cdtr'): Side => ({
  name: nameAt(parties, party),
  account: accountAt(parties, `${party}Acct`),
  ultimate: nameAt(parties, `Ultmt${party}`),
});

/** Amounts by how closely they are what was booked. */
function amountsOf(detail: Node): CamtAmount[] {
  const details = at(detail, 'AmtDtls');
  return [
    amountAt(detail, 'Amt'),
    amountAt(details, 'TxAmt', 'Amt'),
    amountAt(details, 'CntrValAmt', 'Amt'),
    amountAt(details, 'InstdAmt', 'Amt'),
  ].filter((amount) => amount !== null);
}

/** A zero stands for "not stated" in some banks' files. */
const stated = (amounts: readonly CamtAmount[], currency: string): CamtAmount | undefined => {
  const own = amounts.filter((amount) => amount.currency === currency);
  return own.find((amount) => amount.minor !== 0n) ?? own[0];
};

function instructedOf(amounts: readonly CamtAmount[], detail: Node, currency: string): CamtAmount | null {
  const instructed = amountAt(at(detail, 'AmtDtls'), 'InstdAmt', 'Amt') ?? amounts[0] ?? null;
  return instructed && instructed.currency !== currency && instructed.minor !== 0n ? instructed : null;
}

/** Throws: BadLineError when an amount cannot be read. */
export function readDetail(detail: Node, currency: string): CamtDetail {
  const parties = at(detail, 'RltdPties');
  const references = at(detail, 'Refs');
  const back = at(detail, 'RtrInf');
  const amounts = amountsOf(detail);
  const cheque = realId(textAt(references, 'ChqNb'));
  return {
    line: detail.line,
    minor: stated(amounts, currency)?.minor ?? null,
    direction: directionAt(detail),
    debtor: side(parties, 'Dbtr'),
    creditor: side(parties, 'Cdtr'),
    remittance: remittanceOf(detail, currency),
    endToEndId: realId(textAt(references, 'EndToEndId')),
    bankReference: realId(textAt(references, 'AcctSvcrRef')),
    texts: [
      ...all(detail, 'AddtlTxInf').map((each) => each.text),
      ...all(back, 'AddtlInf').map((each) => each.text),
      ...(cheque ? [`Cheque ${cheque}`] : []),
    ],
    code: transactionCode(at(detail, 'BkTxCd')),
    isReturn: back !== null,
    returnReason: clean(codeOf(at(back, 'Rsn'))),
    chargesMinor: chargesAt(detail, currency),
    instructed: instructedOf(amounts, detail, currency),
  };
}

/** A detail that could not be read, so that its entry stands for it. */
export function emptyDetail(detail: Node): CamtDetail {
  return { ...readDetail({ ...detail, children: [] }, 'XXX'), line: detail.line };
}

/** Throws what is not about the line. */
export function orEmpty(read: () => CamtDetail, detail: Node): { detail: CamtDetail; fault: string | null } {
  try {
    return { detail: read(), fault: null };
  } catch (error) {
    if (!(error instanceof BadLineError)) throw error;
    return { detail: emptyDetail(detail), fault: error.message };
  }
}
