/** Whether a new email goes into the newest conversation with the customer, and under which subject. */
import { isAutomaticSubject } from '../../domain/automatic-subject.ts';
import { type Day, daysBetween } from '../../domain/calendar.ts';
import { asksForNoMail } from '../../domain/opt-out.ts';
import { subjectLine } from '../../domain/proposal/letter-fill.ts';
import { plainData } from '../../domain/proposal/plain-data.ts';
import type { MailThread } from '../../store/drafting/conversation.ts';

const ANSWER_MARKS = /^(?:\s*(?:re|aw|fwd?|wg|tr|rv)\s*:)+\s*/i;
/** What looks like the number of a document: letters and digits, three digits or more. */
const DOCUMENT = /[\p{L}]{1,6}[-/ ]?\d[\d/-]{2,}/gu;

const key = (number: string): string => number.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Longer ago, a conversation that names none of these invoices is over. */
const RECENT_DAYS = 14;

/** `these`: the subject names one of the invoices; `others`: it names documents, and none of them is one of these. */
function about(subject: string, numbers: readonly string[]): 'these' | 'others' | 'nothing' {
  const named = [...subject.matchAll(DOCUMENT)].map(([text]) => key(text));
  const ours = new Set(numbers.map(key));
  if (named.some((each) => ours.has(each))) return 'these';
  return named.length > 0 ? 'others' : 'nothing';
}

/** What a person called the conversation: no machine's subject, and no wish for silence. */
const isConversation = (subject: string): boolean =>
  subject.trim() !== '' && !isAutomaticSubject(subject) && !asksForNoMail(subject);

/**
 * The conversation to answer in, with its subject as an answer has it; null for a conversation of its own: there is
 * none yet, it has no subject a person gave it, or it is not about these invoices and not of the last two weeks.
 */
export function threadFor(
  thread: MailThread | null,
  numbers: readonly string[],
  today: Day,
): { thread: MailThread; subject: string } | null {
  const subject = thread?.subjects.map((each) => each.replace(ANSWER_MARKS, '')).find(isConversation);
  if (!thread || subject === undefined) return null;
  const topic = about(subject, numbers);
  if (topic === 'others' || (topic === 'nothing' && daysBetween(thread.newestOn, today) > RECENT_DAYS))
    return null;
  return { thread, subject: subjectLine(`Re: ${plainData(subject, 110)}`) };
}
