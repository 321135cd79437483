/** Words that rules of cash share, and how they are held against a message as it was typed. */
import type { CashAct, CashMemory } from './slots.ts';

export const LEAD =
  "(?:^|,) (?:(?:pls|plz|please|kindly|can|could|would|will|you|u|we|i|want|need|to|like|go|ahead|and|now|ok|okay|so|hey|hi|hello|remy|let|us|then|also|just|yes|sure|great|perfect|next|_|help|me|with|must|try|alright|right|fine|actually|wait|no|sorry|but|,|let's|should|good|morning|have) )*";

/** An invoice, a name, or digits. */
export const NUM = '(?:@|[$€£¥]? ?\\d[\\d,.]*\\S*)';

export const PAYMENT =
  '(?:payments?|wires?|achs?|che(?:ck|que)s?|transfers?|deposits?|receipts?|remittances?|money|cash|funds|debits?|payers?)';

export const METHOD = '(?:wires?|achs?|che(?:ck|que)s?|transfers?|sepa|swift|direct debits?|cards?)';

export const KIND =
  '(?:fees?|bank charges?|charges?|discounts?|withh(?:eld|olding)|wht|write-?offs?|fx|exchange|rounding|tax|skonto)';

export const asking =
  /^ (?:(?:and|so|but|hey|remy|ok|,) )*(?:who|what|which|when|how|did|does|do we|do they|has|have|had|is|are|was|were|any|anything|show|list|why|whose|where)\b/;

const compiled = new Map<string, RegExp>();

export function said(text: string, source: string): boolean {
  const known = compiled.get(source) ?? new RegExp(source);
  compiled.set(source, known);
  return known.test(text);
}

export const orders = (text: string, source: string): boolean => said(text, `${LEAD}(?:${source})`);

/** What the turn before was about. */
export type Before = {
  readonly act: CashAct | undefined;
  readonly memory: CashMemory;
  readonly pays: boolean;
  /** A question mark ends it. */
  readonly asks: boolean;
};

export const notCash =
  / (?:e-?mails?|mails?|letters?|reminders?|drafts?|address(?:es)?|promises?|promised|disputes?|statements?|nudge|worklist) /;
