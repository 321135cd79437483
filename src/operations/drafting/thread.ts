/** Whether a new email goes into the newest conversation with the customer, and under which subject. */
import { subjectLine } from '../../domain/proposal/letter-fill.ts';
import { plainData } from '../../domain/proposal/plain-data.ts';
import type { MailThread } from '../../store/drafting/conversation.ts';

/** What mail programs call an absence or a failed delivery. */
const AUTOMATIC =
  /^\s*(?:auto(?:matic|matische)?[ -]?(?:reply|response|antwort)|auto:|out of (?:the )?office|abwesen|réponse automatique|absence|respuesta automática|fuera de la oficina|undeliver|delivery status|mail delivery|returned mail|failure notice)/i;
const ANSWER_MARKS = /^(?:\s*(?:re|aw|fwd?|wg|tr|rv)\s*:)+\s*/i;
/** What looks like the number of a document: letters and digits, three digits or more. */
const DOCUMENT = /[\p{L}]{1,6}[-/ ]?\d[\d/-]{2,}/gu;

const key = (number: string): string => number.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

/** True where the subject names documents and none of them is one of these: an answer there would be about another thing. */
const isAboutOthers = (subject: string, numbers: readonly string[]): boolean => {
  const named = [...subject.matchAll(DOCUMENT)].map(([text]) => key(text));
  const ours = new Set(numbers.map(key));
  return named.length > 0 && !named.some((each) => ours.has(each));
};

/**
 * The conversation to answer in, with its subject as an answer has it; null for a conversation of its own: there is
 * none yet, it has no subject a person gave it, or its subject is about other invoices than these.
 */
export function threadFor(
  thread: MailThread | null,
  numbers: readonly string[],
): { thread: MailThread; subject: string } | null {
  const subject = thread?.subjects
    .map((each) => each.replace(ANSWER_MARKS, ''))
    .find((each) => !AUTOMATIC.test(each) && each.trim() !== '');
  if (!thread || subject === undefined || isAboutOthers(subject, numbers)) return null;
  return { thread, subject: subjectLine(`Re: ${plainData(subject, 110)}`) };
}
