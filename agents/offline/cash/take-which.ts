/** Which payment, invoice or place of a list a message about cash names. */
import type { Draft, OfflineContext } from '../grammar/context.ts';
import type { Scanner } from '../text/scanner.ts';
import { takeMethod, takePayer, takePaymentDay, takePaymentNumber, wishOf } from './payment.ts';
import type { CashSlots } from './slots.ts';

export type Take = (scan: Scanner, cash: CashSlots, draft: Draft, context: OfflineContext) => void;

const nth: Readonly<Record<string, number>> = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
  fifth: 5,
  '5th': 5,
  last: -1,
};

const ORDINAL = 'first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th';

/** "The second one", "number 2", "the last payment". */
export const takeNth: Take = (scan, cash) => {
  scan.take(
    'nth',
    new RegExp(
      `(?:the |that )*(?:(${ORDINAL})(?: (?:1|payment|application|match|wire|ach|check|cheque|deposit))?(?= |$)|(?:number|#) (\\d{1,2}))`,
    ),
    (match) => {
      if (cash.nth !== undefined) return false;
      cash.nth = match[1] ? nth[match[1]]! : Number(match[2]);
      return true;
    },
  );
};

export const takeWhich: Take = (scan, cash, _draft, context) => {
  takePaymentNumber(scan, cash);
  takePaymentDay(scan, cash, context);
  takePayer(scan, (payer) => wishOf(cash, { payer }));
  takeMethod(scan, cash);
};

export const invoicesOf = (draft: Draft): string[] => draft.slots.invoices ?? [];
