/** How a letter shall be: kind, tone, language, length, copies, attachment, invoices of a month. */
import { resolveWindow } from '../../../src/domain/ledger-query/window.ts';
import { MONTH } from '../dates/day.ts';
import { readStretch } from '../dates/window.ts';
import type { Draft, OfflineContext } from '../grammar/context.ts';
import type { Scanner } from '../text/scanner.ts';
import type { ChaseSlots } from './slots.ts';
import { rawOf } from './words.ts';

const AND =
  '(?:(?:and|also|but|then|please|make|it|a|an|bit|little|much|way|lot|slightly|even|somewhat|be|sound|in|to|the|keep|of|is) )*';

const steps: readonly [RegExp, number][] = [
  [
    /firmer|stricter|tougher|stronger|sterner|harsher|more (?:firm|urgent|formal|direct|serious|stern|harsh|aggressive|pushy)|less (?:friendly|polite)|sharpen/,
    1,
  ],
  [
    /softer|friendlier|nicer|gentler|kinder|politer|warmer|milder|more (?:polite|friendly)|less (?:firm|urgent|formal|direct|pushy|aggressive|serious|harsh|stern)|soften|tone it down|tone down/,
    -1,
  ],
];
const tones: readonly [RegExp, NonNullable<ChaseSlots['tone']>][] = [
  [/friendly|polite|politely|gentle|gently|soft|kind|warm|nice/, 'friendly'],
  [/neutral|normal|professional|plain/, 'neutral'],
  [/firm|firmly|stern|strict|strong|serious|formal/, 'firm'],
  [/urgent|urgently|harsh/, 'urgent'],
];

export function takeTone(scan: Scanner, chase: ChaseSlots): void {
  const revising = chase.act === 'revise_draft';
  for (const [words, way] of steps)
    scan.take('tone', new RegExp(`${AND}(?:${words.source})(?: (?:tone|wording|please))*`), (match) => {
      if (!revising) chase.tone = way > 0 ? 'firm' : 'friendly';
      else chase.firmer = way * (/much|way|lot/.test(match[0]) ? 2 : 1);
    });
  for (const [words, tone] of tones)
    scan.take('tone', new RegExp(`${AND}(?:${words.source})(?: (?:tone|wording|please|in tone))*`), () => {
      chase.tone = tone;
    });
}

const languages: Readonly<Record<string, NonNullable<ChaseSlots['language']>>> = {
  german: 'de',
  deutsch: 'de',
  english: 'en',
  french: 'fr',
  français: 'fr',
  francais: 'fr',
  spanish: 'es',
  español: 'es',
  espanol: 'es',
};
const others =
  'italian|dutch|portuguese|japanese|chinese|polish|swedish|danish|norwegian|turkish|arabic|korean';

export function takeLanguage(scan: Scanner, chase: ChaseSlots, { refusals }: Draft): void {
  const PLACE = '(?! (?:1|one|ones|subsidiary|entity|branch|company|office|child|customer|group))';
  scan.take(
    'language',
    new RegExp(
      `${AND}(?:translate |into |auf )*(${Object.keys(languages).join('|')})(?: (?:version|language|please))*${PLACE}`,
    ),
    (match) => {
      chase.language = languages[match[1]!]!;
    },
  );
  scan.take('language', new RegExp(`(?:in|into) (${others})`), (match) =>
    refusals.push({
      kind: 'unsupported',
      what: `letters in ${match[1]!.charAt(0).toUpperCase()}${match[1]!.slice(1)}`,
      instead: 'I write in English, German, French and Spanish',
    }),
  );
}

export function takeKind(scan: Scanner, chase: ChaseSlots): void {
  scan.take('letter', /(?:a |the |as )*(?:final|last) (?:notice|reminder|demand|warning|letter)/, () => {
    chase.letter = 'final_notice';
  });
  scan.take(
    'letter',
    /(?:about |for |because of |over )?(?:the |their |a )*(?:broken|missed|failed) promise/,
    () => {
      chase.letter = 'broken_promise';
    },
  );
  // "remind acme, thanks" is politeness; "thank them", "a thank you note" is the letter
  scan.take(
    'letter',
    /(?:(?:say|a|an|saying|and) )*(?:thanks|thanking)(?: you)?(?: (?:note|email|letter|message))?/,
    (match, span) => {
      const raw = rawOf(scan, span);
      const polite =
        /^(?:and )?(?:thanks|thx|ty|cheers|thank you)$/.test(raw) && span.to === scan.tokens.length;
      if (!polite || /say|note/.test(match[0])) chase.letter = 'thank_you';
    },
  );
  scan.take(
    'letter',
    /(?:(?:for|about|a|the|their|send|advice) )*payment(?: (?:advice|details|info|information))*/,
    (_, span) => {
      if (!/remit/.test(rawOf(scan, span))) return false;
      chase.letter = 'remittance_request';
      return true;
    },
  );
}

const FILE = '(?: (?:as|in|a|an|to|the|pdf|csv|excel|file|attached|attachment|format|please))*';

/** A statement is a letter of its own, or goes along with another. */
export function takeAttachment(scan: Scanner, chase: ChaseSlots): void {
  const kind = (words: string): 'statement_pdf' | 'statement_csv' =>
    /csv|excel/.test(words) ? 'statement_csv' : 'statement_pdf';
  scan.take(
    'attach',
    /(?:and |but )*(?:remove|without|no|excluding|take out) (?:the |an? |any )*(?:attachment|statement|attached statement|pdf|csv)/,
    () => {
      chase.attach = 'none';
    },
  );
  const STATEMENT =
    "(?:(?:a|an|the|their|its|current|full|customer|open|'s|@) )*statement(?: of (?:the |their )?(?:customer|open items|account))?";
  scan.take(
    'attach',
    new RegExp(
      `(?:and |also |please )*(?:attach|attaching|including|add|enclose|along with|together with|with)(?: (?:a|an|the|their|its))* (?:statement(?: of customer)?|pdf|csv)${FILE}`,
    ),
    (match) => {
      chase.attach = kind(match[0]);
    },
  );
  scan.take('statement', new RegExp(`${STATEMENT}${FILE}`), (match) => {
    chase.letter = 'statement';
    chase.attach = kind(match[0]);
  });
  if (chase.attach)
    scan.take('attach', /(?:as|in) (?:a |an )?(pdf|csv|excel)(?: file| format)?/, (match) => {
      chase.attach = kind(match[1]!);
    });
}

const COPY = "(?:(?:and|also|please|with|put|add|their|our|the|my|your|its|'s|a|in) )*";
const roles: readonly [RegExp, string][] = [
  [/(?:account |customer |sales )?owner|sales ?person|account manager|customer manager/, 'owner'],
  [/controller/, 'controller'],
  [/cfo/, 'cfo'],
  [/ceo/, 'ceo'],
  [/ap|accounts payable|customer payable/, 'ap'],
  [/billing/, 'billing'],
  [/finance(?: (?:director|department|team|head))?/, 'finance'],
  [/manager|boss/, 'manager'],
];

export function takeCopies(scan: Scanner, chase: ChaseSlots, { vocabulary, actor }: OfflineContext): void {
  const whom: readonly [string, string][] = [
    ...roles.map(([word, role]): [string, string] => [word.source, role]),
    ['me|myself', actor.email],
    ...vocabulary.owners.flatMap(({ email, name }): [string, string][] => [
      [email.replace(/[.+]/g, '\\$&'), email],
      ...(name
        ? ([
            [name.toLowerCase(), email],
            [name.toLowerCase().split(' ')[0]!, email],
          ] as [string, string][])
        : []),
    ]),
    [String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`, ''],
  ];
  const any = whom.map(([source]) => source).join('|');
  const find = (word: string): string =>
    whom.find(([source]) => new RegExp(`^(?:${source})$`).test(word))?.[1] || word;
  const list = `(?:(${any}))(?:(?: and| or|) ${COPY}(${any}))?`;
  const keep = (into: 'cc' | 'removeCc') => (match: RegExpExecArray) => {
    const found = match
      .slice(1)
      .filter((each): each is string => each !== undefined)
      .map(find);
    chase[into] = [...new Set([...(chase[into] ?? []), ...found])];
  };
  scan.take(
    'cc',
    new RegExp(
      `(?:and |but )*(?:remove|excluding|without|no|take out|drop|delete) ${COPY}(?:cc )?(?:to |of )?${COPY}${list}(?: (?:from )?(?:the )?cc)?`,
    ),
    keep('removeCc'),
  );
  scan.take(
    'cc',
    /(?:and )?(?:remove|excluding|without|no|take out|drop|delete) (?:the |any |all )*(?:cc|ccs|copies)/,
    () => {
      chase.removeAllCc = true;
    },
  );
  scan.take(
    'cc',
    new RegExp(`${COPY}(?:cc|bcc|copy in|copy|copying|loop in|loop)(?: (?:in|to|with))? ${COPY}${list}`),
    keep('cc'),
  );
  scan.take(
    'cc',
    new RegExp(`(?:put|add|keep|with|also to) ${COPY}${list} (?:on |in |into )(?:the )?(?:cc|copy|loop)`),
    keep('cc'),
  );
}

/** "The two june invoices", "last month's invoices". */
export function takeInvoiceMonth(scan: Scanner, chase: ChaseSlots, { today }: OfflineContext): void {
  const set = (words: string): boolean => {
    const window = readStretch(words.trim(), today, 'past');
    const { from, to } = window ? resolveWindow(window, today) : {};
    if (!from || !to || from.slice(0, 7) !== to.slice(0, 7) || from.slice(8) !== '01') return false;
    chase.dueMonth = from.slice(0, 7);
    return true;
  };
  const WHOSE =
    '(?:(?:for|about|on|of|the|their|its|all|our|open|overdue|both|regarding|unpaid|his|her|over|\\d+) )*';
  const STRETCH = `(?:(?:last|this|next) month|${MONTH}(?: \\d{4})?)`;
  const expect = (words: string, raw: string): void => {
    const count = /(?:^| )(\d{1,2})(?= )/.exec(words)?.[1] ?? (/(?:^| )both /.test(words) ? '2' : undefined);
    const typed = raw
      .split(' ')
      .find((each) => /^(?:\d{1,2}|both|one|two|three|four|five|six|seven|eight|nine|ten)$/.test(each));
    if (count && typed) chase.expected = { count: Number(count), typed };
  };
  scan.take(
    'month',
    new RegExp(`(${WHOSE})(${STRETCH})(?: 's)? (?:open |overdue |due )*invoice`),
    (match, span) => {
      if (!set(match[2]!)) return false;
      expect(match[1]!, rawOf(scan, span));
      return true;
    },
  );
  scan.take(
    'month',
    new RegExp(
      `(${WHOSE})invoice (?:(?:that|which|are|were|is|was|due|issued|dated|from|of|in|for|the|billed|on) )+(${STRETCH})`,
    ),
    (match, span) => {
      if (!set(match[2]!)) return false;
      expect(match[1]!, rawOf(scan, span));
      return true;
    },
  );
  scan.take(
    'count',
    /(?:(?:for|about|on|of|the|their|its|all|open|overdue|regarding) )*(both|\d{1,2}) (?:open |overdue |unpaid |due )*invoice/,
    (match, span) => {
      expect(`${match[1]} `, rawOf(scan, span));
      return chase.expected !== undefined;
    },
  );
}

/** Shorter, the PO number, invoices put in or taken out. */
export function takeShape(scan: Scanner, chase: ChaseSlots, { slots }: Draft): void {
  scan.take(
    'shape',
    new RegExp(
      `${AND}(?:(?:much |way )*shorter|briefer|more (?:concise|brief)|concise|cut (?:it|this|that)(?: down| short)?|trim (?:it|this|that)(?: down)?|too long|shorten(?: (?:it|this))?|(?:short|brief)(?= |$))(?: version)?`,
    ),
    () => {
      chase.shorter = true;
    },
  );
  scan.take('shape', new RegExp(`${AND}(?:longer|more detailed|more detail|too short)`), () => {
    chase.shorter = false;
  });
  scan.take(
    'po',
    new RegExp(
      `${AND}(excluding |without |remove |no |not )?(?:mention|mentioning|including|add|with|reference|quote|state|name|show|put in|excluding|without|remove|no)? ?(?:(?:the|their|our|its) )*(?:po|pos|purchase order|purchase orders)(?: (?:number|numbers|ref|reference))*(?: (?:too|as well|in))?`,
    ),
    (match) => {
      chase.mentionPo = match[1] === undefined;
    },
  );
  if (chase.act !== 'revise_draft' || !slots.invoices?.length) return;
  const out = scan.take(
    'invoices',
    /(?:remove|excluding|without|take out|drop|not)(?: (?:the|invoice|_))*(?= @)/,
  );
  chase[out ? 'removeInvoices' : 'addInvoices'] = slots.invoices.slice(0, 10);
  if (!out) scan.take('invoices', /(?:add|including|and|also|with|put in)(?: (?:the|invoice))*(?= @)/);
}
