/** Words that say nothing beyond the act they stand in, and small steps that all acts share. */
import {
  addDays,
  addMonths,
  type CalendarUnit,
  type Day,
  endOf,
  shift,
  startOf,
} from '../../../src/domain/calendar.ts';
import { resolveWindow } from '../../../src/domain/ledger-query/window.ts';
import { isCurrency } from '../../../src/domain/money.ts';
import { DAY, readDay } from '../dates/day.ts';
import { readStretch, STRETCH } from '../dates/window.ts';
import { plainAmount } from '../grammar/quantities.ts';
import type { Scanner, Span } from '../text/scanner.ts';
import type { ChaseAct } from './slots.ts';

const letterWords =
  'draft compose write prepare word create make generate send shoot fire off resend nudge nudges remind reminder reminders chased dun dunning ping email emails e-mail mail message messages contact follow up follow-up ask request letter letters note tone sound friendly version language about regarding re concerning with for to open overdue past due amount balance invoice customer payment paid pay new another out again wording text over go everything they them their it its us both bit little more much';

const actWords: Readonly<Record<ChaseAct, string>> = {
  worklist:
    'worklist work list to do todo todos who whom should shall must can could would will i we chased call contact email emails mail write remind reminder reminders nudge dun follow up focus prioritise prioritize priority priorities first next now start begin with on tackle what go goes going gone out sent send gets get be being is are not why how come today this morning show before it them they their its account customer customers list my to let me see and for us talk rank ranked top number else need have has scheduled planned leaves draft drafts message messages letter letters from left excluding reason top biggest',
  draft_email: letterWords,
  draft_many: `${letterWords} everyone everybody every all anyone anybody whoever anything of payer payers debtor that who are is be with owing owe has have those than`,
  revise_draft: `${letterWords} change rewrite rephrase reword redo translate put set add have use but also instead bit little lot slightly somewhat way even should be draft too now again say says`,
  set_hold:
    'do not never no longer stop cease quit pause suspend freeze halt hold off mute put place set add create alone excluding leave chased email emails mail remind reminder reminders nudge nudges dun dunning contact call calls ping write writing to bother message messages follow up follow-up letter letters notice notices cadence collection collections outreach sending all any every more further automatic automated please for on under from with credit account customer invoice entirely completely altogether until lifted say notice again anymore longer everything them they it their its now be',
  lift_hold:
    'resume restart unpause unhold unfreeze reactivate unmute start begin continue go back lift release remove end cancel clear undo delete take excluding off of from on for to with chased email emails mail remind reminder reminders nudge dun dunning contact call again hold holds pause freeze stop all any them it their its this that back undo revert never mind account customer invoice now collections collection may be sending',
  log_promise:
    'log record add note down save enter register put write make create track store capture set promise promised ptp pledge commitment commits commit says said say will is are going to pay paid pays send sends agreed they it he she that has have us by on for of from with via through using in the new another payment amount customer invoice they them their about due date',
  open_dispute:
    'open log record raise create file add start register make note mark flag set tag dispute disputed contested contests contesting as is in on for against about because over by of invoice customer new another reason it its they their assign assigned owner to team says claims claim say due the with has have they line item was were',
  policy:
    'policy cadence change set propose let only allow have must may can could should need needs require requires approve approves approval approvals approving sign off above over more than up to anything everything all emails email reminder reminders message messages mail per each every a one customer at most least max maximum minimum limit cap no wait between of for be by invoice amount amounts draft drafts days day week',
  proposals:
    'waiting waits wait pending await awaiting awaits queue queued open for approval approvals approve approved decision decisions decide decided sign-off draft drafts proposal proposals email emails need needs needed needing my our your show list see what which is are was were any there anything something do does i we have got to in left still currently of rejected reject snoozed snooze how many page request requests mine it them by now today let me who be with on pending',
  decide: '',
  audit:
    'audit trail log chain show what did do done has have had was were bot remy agent robot assistant system you yourself itself own on its your by by automatically autonomously without asking us me who approved rejected signed off sent released snoozed drafted edited lifted placed put recorded logged changed exactly and the to for went gone out up all else email emails reminder reminders message messages letter letters mail mailed emailed send sends sending which we i us chased so far that it them they about of with hold holds policy promise dispute draft drafts everything happen happened today activity nudge from go list see let',
};

/** Explains the words of the act that no rule took. */
export function takeActWords(scan: Scanner, act: ChaseAct): void {
  const words = new Set(actWords[act].split(' '));
  for (const token of scan.tokens)
    if (token.by === null && !token.quoted && (act === 'decide' || words.has(token.word))) token.by = 'act';
}

/** Words of the rules of chasing that stand in no act by themselves. */
const ruleWords = `
ach addresses admin admins agent aggressive allow approval approvals approved approves arabic assistant attach
attaching attachment aud automated automatic automatically autonomously await awaiting awaits bc bcc bother bothering
briefer brief cad cadence cap capture cc cease chain charged chases check checks cheque cheques chf chinese claim
claims commit commits completely concise contests contesting continue controllers copying credited cut damaged danish
decide decided decision decisions decline declined defect defects defective delivered delivery demand desk detailed
deutsch direct discard dispute don drafted drafts duplicate duplicated dutch edited effective enclose entirely español
espanol francais exempt expensive expired faulty firmer firmly formal format français freeze french friendlier gap
generate gentle gentler gently german goods halt harsh harsher incorrect indefinitely invalid italian japanese kinder
korean language languages leaves legal lgtm lifted locked logged loop mailed mailing mails managers manager mentioning
mention mentions messages milder mistake mute needing neutral nicer nudges nudging otherwise outreach overcharged pdf
permanently pieces planned polish politely politer portuguese pos position priorities priority professional proposal
proposals propose pushy qty quantities quantity queue queued quit quote reactivate recorded redo rejected released
remit remittance rephrase replaced requests request requires require resolve restart resume reword rewrite robot route
scheduled scrap sek sends sepa sharpen shipment shipped shorter shorten slightly snooze snoozed soft soften softer
somewhat spanish stale step steps stern sterner strict stricter stronger supervisor supervisors swedish swift tackle
threshold thru til todo todos tone tougher trim turkish undelivered unfreeze unhold unit units unmute unpause unsend
via waits warm warmer warning whoever wording wire wired wrong urgent firm friendly thank thanking something
except rules drop committed pledged reminded nudged cheers eight unpaid opted amex pricing answered respond scrap
`;

/** Words of all acts: they are no names. */
export const chaseWords: ReadonlySet<string> = new Set(
  [...Object.values(actWords), ruleWords].flatMap((each) => each.trim().split(/\s+/)),
);

export const rawOf = (scan: Scanner, { from, to }: Span): string =>
  scan.tokens
    .slice(from, to)
    .map((token) => token.raw.toLowerCase())
    .join(' ');

/**
 * The next such day: today counts unless `after`. "The 20th" said on the 20th with `after` is that of next month.
 * Null when the words name no day.
 */
export function comingDay(words: string, today: Day, after = false): Day | null {
  const text = words
    .replace(/^(?:(?:on|by|before|for|at|due|until|till|til|this|the coming) )*(?=the \d|\S)/, '')
    .trim();
  const ordinal = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)$/.exec(text)?.[1];
  const first = after ? addDays(today, 1) : today;
  if (ordinal) {
    for (let month = startOf('month', today), tries = 0; tries < 3; month = addMonths(month, 1), tries += 1) {
      const day = readDay(`the ${ordinal}th`, month, 'future');
      if (day && day.slice(0, 7) === month.slice(0, 7) && day >= first) return day;
    }
    return null;
  }
  const ahead = /^in (?:a|an|(\d+)) (day|week|month)$/.exec(text);
  if (ahead) return shift(ahead[2] as CalendarUnit, today, Number(ahead[1] ?? 1));
  const day = readDay(text, today, 'future');
  if (day === null) return null;
  return day < first && /day/.test(text) ? addDays(day, 7) : day;
}

/** "until §": the first day after the wait. An edge ("the end of August") and "through" hold that day too. */
export function waitUntil(words: string, today: Day, through: boolean): Day | null {
  if (new RegExp(`^(?:${STRETCH})$`).test(words)) {
    const window = readStretch(words, today, 'nearest');
    const { from, to } = window ? resolveWindow(window, today) : {};
    if (!from || !to) return null;
    return through || from <= today ? addDays(to, 1) : from;
  }
  const day = comingDay(words, today, !through);
  if (day === null) return null;
  return through || /^(?:the )?end of/.test(words) ? addDays(day, 1) : day;
}

/** "For two weeks", "this week". */
export const waitFor = (count: number, unit: CalendarUnit, today: Day): Day => shift(unit, today, count);
export const restOf = (unit: CalendarUnit, today: Day): Day => addDays(endOf(unit, today), 1);

const signs: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY' };
const names: Readonly<Record<string, string>> = {
  dollar: 'USD',
  dollars: 'USD',
  bucks: 'USD',
  euro: 'EUR',
  euros: 'EUR',
  pound: 'GBP',
  pounds: 'GBP',
  quid: 'GBP',
  yen: 'JPY',
};
export const MONEY = String.raw`[$€£¥]?\s?\d[\d,]*(?:\.\d+)?(?:k|m|mm|mn|mio|bn)?`;
const CODE = `(?:[a-z]{3}|${Object.keys(names).join('|')})`;

export const currencyOf = (word: string): string | null =>
  names[word] ?? (isCurrency(word.toUpperCase()) ? word.toUpperCase() : null);

/** An amount with the currency that stands on either side of it. */
export function takeMoney(
  scan: Scanner,
  lead: string,
  use: (amount: string, currency: string | undefined) => unknown,
): boolean {
  const read = (match: RegExpExecArray): false | undefined => {
    const [, before, typed = '', scale, after] = match;
    const amount = plainAmount(scale ? `${typed} ${scale}` : typed);
    if (amount === null || (scan.has(/§\d+/) && /§/.test(match[0]))) return false;
    const code = [before, after].map((each) => (each ? currencyOf(each) : null)).find(Boolean);
    if ((before && !currencyOf(before)) || (after && !currencyOf(after))) return false;
    return use(amount, code ?? signs[typed.trim()[0] ?? '']) === false ? false : undefined;
  };
  const tail = `(${MONEY})(?: (thousand|million|grand))?`;
  return (
    scan.take('money', new RegExp(`${lead}(?:(${CODE}) )${tail}()`), read) ||
    scan.take('money', new RegExp(`${lead}()${tail} (${CODE})`), read) ||
    scan.take('money', new RegExp(`${lead}()${tail}()`), read)
  );
}

/** A currency said alone: "in usd", "usd". */
export function takeCurrency(scan: Scanner, use: (currency: string) => unknown): boolean {
  return scan.take('currency', new RegExp(`(?:(?:in|only|the) )*(${CODE})`), (match, span) => {
    const code = currencyOf(match[1]!);
    const typed = rawOf(scan, span).split(' ').at(-1)!;
    if (!code || (!names[match[1]!] && /^(?:all|try|top|per|pen|mad|cup)$/.test(typed))) return false;
    use(code);
    return true;
  });
}

export const WHEN_DAY = `(?:§\\d+|in (?:a|an|\\d+) (?:day|week|month)|${DAY})`;
