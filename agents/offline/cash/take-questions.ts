/** Questions about cash: why, whose, twice, what was applied. */
import { resolveWindow } from '../../../src/domain/ledger-query/window.ts';
import { takeMoney } from '../chasing/words.ts';
import { PHRASE, readWhen, WHEN } from '../dates/window.ts';
import { typedText } from '../text/tokens.ts';
import {
  takeAccount,
  takePayer,
  takePaymentAmount,
  takePaymentCurrency,
  takePaymentDay,
  takePaymentNumber,
  wishOf,
} from './payment.ts';
import { invoicesOf, type Take, takeNth, takeWhich } from './take-which.ts';

export const takeExplain: Take = (scan, cash, draft, context) => {
  const SHORT =
    '(?:is |was |were |are |paid |came in |they )*(?:short|underpaid|under-paid|short-paid)(?: (?:paid|payed|it|us|the|invoice|@|by|of|only))* ';
  takeMoney(scan, SHORT, (amount, currency) => {
    if (cash.shortBy) return false;
    cash.shortBy = amount;
    if (currency) wishOf(cash, { currency });
    return true;
  });
  takeMoney(
    scan,
    '(?:(?:the|an|their|our) )?(?:(?:invoice|bill|amount|total|they|we|it|open|balance|due|owe|owed|billed|invoiced) )+(?:(?:is|was|are|for|of|over|should|be|have|been|owed|to) )+',
    (amount) => {
      if (cash.owed) return false;
      cash.owed = amount;
      return true;
    },
  );
  takeMoney(
    scan,
    '(?:instead of|vs|versus|compared|against|should (?:be|have been)|but (?:the )?invoice (?:is|was))(?: (?:the|an|to))* ',
    (amount) => {
      if (cash.owed) return false;
      cash.owed = amount;
      return true;
    },
  );
  takeWhich(scan, cash, draft, context);
  takeNth(scan, cash, draft, context);
  takePaymentAmount(scan, cash);
  takePaymentCurrency(scan, cash);
  const [invoice] = invoicesOf(draft);
  if (invoice) cash.invoice = invoice;
};

export const takeDuplicates: Take = (scan, cash, draft, context) => {
  takePaymentNumber(scan, cash);
  scan.foldPhrases(PHRASE);
  scan.take('for', /(?:(?:for|in|of|from|during|on) )*(?:the )?§\d+(?: 's)?(?: (?:invoice|payment|bill))?/);
  scan.unfold();
  takeNth(scan, cash, draft, context);
  takePaymentAmount(scan, cash);
  takePaymentCurrency(scan, cash);
  if (cash.payment?.amount) takePayer(scan, (payer) => wishOf(cash, { payer }));
};

export const takeFindPayer: Take = (scan, cash, _draft, context) => {
  takeAccount(scan, (account) => {
    cash.account = account;
  });
  scan.take(
    'memo',
    /(?:there is )?(?:no|without|without a|without any|with no) (?:memo|reference|ref|text|remittance|description|payment)(?: (?:info|advice|details))?/,
  );
  const { tokens } = scan;
  const memo = tokens.findIndex(({ word, by }) => by === null && /^(?:memo|reference|ref)$/.test(word));
  if (memo >= 0 && tokens.length > memo + 1) {
    let from = memo + 1;
    while (/^(?:is|was|says|saying|reads|with)$/.test(tokens[from]?.word ?? '')) from += 1;
    let to = from;
    while (tokens[to] && !(to > from && tokens[to]!.breakBefore && !tokens[to]!.quoted)) to += 1;
    cash.text = typedText(tokens.slice(from, to)).slice(0, 500);
    scan.reserve({ from: memo, to }, 'memo');
  }
  takePayer(scan, (name) => {
    cash.name = name;
  });
  scan.take('method', /wires?|achs?|checks?|cheques?|transfers?|sepa|swift|cards?/);
  takePaymentDay(scan, cash, context);
  takeMoney(scan, '(?:(?:the|a|an|of|for|over|that|this) )*', (amount, currency) => {
    if (cash.amount) return false;
    cash.amount = amount;
    if (currency) cash.currency = currency;
    return true;
  });
  delete cash.payment;
};

export const takeMatches: Take = (scan, cash, _draft, { today, actor }) => {
  const text = ` ${scan.tokens.map(({ raw }) => raw.toLowerCase()).join(' ')} `;
  scan.take(
    'sure',
    /(?:(?:with|at|were|was|is|a|you) )*(?:under|below|less than|<|not|lower than) (?:(\d{1,3})(?:\.\d+)? ?percent ?)?(?:fully |completely |quite |very |totally )?(?:sure|certain|confident|confidence)?(?= |$)/,
    (match) => {
      if (!match[1] && !/sure|certain|confiden/.test(match[0])) return false;
      const percent = match[1] ? Number(/\d+(?:\.\d+)?/.exec(match[0])![0]) : 100;
      if (percent > 100) return false;
      cash.below = percent / 100;
      return true;
    },
  );
  if (
    / auto| (?:on|by) (?:its|your|it's) own | itself | yourself | without asking /.test(text) ||
    / (?:did|have|has) (?:you|remy|the bot|bot) /.test(text)
  )
    cash.origin = 'auto';
  if (/ (?:people|manually|by hand|a person) /.test(text)) cash.origin = 'person';
  if (/ (?:did|have) i | by me /.test(text)) {
    cash.by = actor.email;
    cash.origin = 'person';
  }
  scan.foldPhrases(PHRASE);
  scan.take('window', new RegExp(`(?:(?:of|from|for|dated|on|in) )*(?:${WHEN}|§\\d+)(?: 's)?`), (match) => {
    const words = scan
      .expand(match[0])
      .replace(/^(?:(?:of|dated) )+/, '')
      .replace(/ 's$/, '');
    const window = readWhen(words, today, 'past');
    if (!window || cash.from || cash.to) return false;
    const { from, to } = resolveWindow(window, today);
    if (from) cash.from = from;
    if (to) cash.to = [to, today].sort()[0]!;
    return true;
  });
  scan.unfold();
  const { tokens } = scan;
  const who = tokens.findIndex(
    ({ by, word }, index) =>
      (by === null || by === 'name') &&
      /^(?:did|has|by|have)$/.test(tokens[index - 1]?.word ?? '') &&
      !/^(?:you|we|i|remy|the|it|its|your|they|been|not|was|bot|me|us|people|hand|automatically|a)$/.test(
        word,
      ),
  );
  if (who >= 0) {
    cash.by = tokens[who]!.raw.toLowerCase();
    cash.origin = 'person';
    scan.reserve({ from: who, to: who + 1 }, 'by');
  }
};
