/** What is wanted: talk about the conversation, a metric, one account's story, or figures of the ledger. */
import type { Scanner } from '../text/scanner.ts';
import type { Draft } from './context.ts';

type Slots = Draft['slots'];
type Talk = NonNullable<Slots['talk']>;

const SHOW =
  "(?:(?:please|can|could|would|you|i|we|want|need|to|like|get|let|me|us|just|now|ok|and|also|show|give|tell|know|have|a|the|all|again|actual|underlying|individual|'s|some|of) )*";

const talks: readonly [Talk, RegExp][] = [
  [
    'how',
    /(?:(?:and|so|ok|please|explain|tell me|show me|show|me) )*(?:how|where)(?: (?:is|was|were|are|did|do|does|you|it|this|that|these|those|they|the|have|figures?|numbers?|number|amount|result|get|come|came|exactly|from|to|up|with|arrive|at|been|answer|replied|percent|total))* (?:calculate|worked out|work (?:it|that|this) out|get to|got|derived?|determined?|come (?:from|up with)|came from|reached?|made up|defined?|measured?|figured?(?: out)?)(?: (?:it|this|that|these|those|them|from|figures?|the|number|here|exactly))*|(?:(?:show|explain|what is|what was|give|me|the|your|tell|us) )*(?:formula|method(?:ology)?|calculation|math|maths|working)(?: (?:behind|for|of|used|here|it|this|that|the|figure|number))*|explain (?:it|this|that|the|number|figure| )+|what (?:did|does) (?:this|that|it|you) (?:count|include|cover|filter)|which filters?(?: (?:did you|was|were|is|are))*(?: used?| applied)?/,
  ],
  [
    'rows',
    new RegExp(
      `${SHOW}(?:row|underlying (?:data|records|row|items|invoice)|line items|items|details|detail|drill(?: ?down)?|drill-down)(?: (?:behind|for|of|under|in|that|this|it|them|please|these|those|figure|number|data|down|to|into|the))*|(?:which|what) (?:invoice|1|ones|items|row) (?:are|is|was|were) (?:those|that|these|behind (?:it|that|this)|included|they|in (?:it|that|there))|what is (?:behind|in) (?:that|this|it)(?: (?:number|figure|total|amount))?|(?:${SHOW})the invoice behind (?:it|that|this)(?: figure| number)?`,
    ),
  ],
  [
    'freshness',
    /(?:when|what time)(?: (?:did|was|were|is|has|have|you|we|the|it|data|ledger|last|do|been|your))* (?:sync(?:ed|hronised|hronized)?|refresh(?:ed)?|updated?|import(?:ed)?|pull(?:ed)?|load(?:ed)?|show)(?: (?:the|data|ledger|last|with|our|books|erp|it|time))*|(?:how|is|are)(?: (?:is|are|the|this|your|data|ledger|figures?|numbers?|number|our|it|books))* (?:fresh|current|stale|up to date|up-to-date|recent|old|newest|live|real time|real-time|outdated)(?: (?:is|are|the|this|your|data|ledger|figures?|numbers?|number|our|it))*|(?:(?:the|what is|was|when|is|show|me|last|newest|data) )*(?:sync|refresh|data freshness|freshness|synced|last update|last import)(?: (?:time|status|date|ran?|happen(?:ed)?|done|of the data))*/,
  ],
  [
    'help',
    /(?:help|help me|what (?:can|do) you (?:do|know|answer|help with|offer)(?: for me)?|what (?:can|could|should|may) i ask(?: you| for| here)?|what are you|who are you|how do(?:es)? (?:you|this) work|what (?:questions|else) can (?:i ask|you (?:do|replied|answer))(?: you)?|commands?|examples?|options?|menu)/,
  ],
];

const chat: readonly [Talk, RegExp][] = [
  [
    'greeting',
    /(?:hi|hello|hey|hiya|howdy|yo|morning|good (?:morning|afternoon|evening|day)|greetings)(?: (?:there|remy|team|all|everyone|again))*|how are you(?: doing)?(?: today)?/,
  ],
  [
    'thanks',
    /(?:(?:ok|great|perfect|cool|awesome|nice|many|much|got it|super|good|no|that is) )*(?:thanks|appreciated|much appreciated|(?:good|great|nice) job|well done|bye|goodbye|that is all|got it)(?: (?:you|a lot|so much|very much|again|remy|for (?:that|this|the help)|bye|will do|much))*/,
  ],
];

/** "What can you do", where nothing else is said. */
export function takeHelp(scan: Scanner, { slots }: Draft): void {
  const pattern = talks.find(([talk]) => talk === 'help')![1];
  if (new RegExp(`^(?:(?:hi|hello|hey|please|ok) )*(?:${pattern.source})(?: please)?$`).test(scan.rest))
    scan.take('help', /.*/, () => {
      slots.talk = 'help';
    });
}

/** Greetings in front of a question are no question. */
export function takeTalk(scan: Scanner, { slots }: Draft): void {
  for (const [talk, pattern] of chat)
    scan.take(talk, pattern, (_, span) => {
      const whole = scan.tokens.every(
        (token, index) => token.by !== null || (index >= span.from && index < span.to),
      );
      if (whole) slots.talk = talk;
      else if (talk === 'greeting' && /^how/.test(_[0])) return false;
      return true;
    });
  if (scan.has(/export|download/))
    scan.take(
      'export',
      new RegExp(
        `${SHOW}(?:export|download)(?: (?:the|a|me|us|its|their|full|whole|complete|of|for|to|as|csv|file|excel|please))*`,
      ),
      () => {
        slots.talk = 'export';
      },
    );
  if (slots.talk === 'export') {
    scan.take(
      'export',
      /(?:timeline|history|events?|activity|log|audit trail)(?: (?:of|for|to|as|csv|in|a|file))*|(?:to|as|in) (?:a )?(?:csv|file|excel)|csv/,
    );
    return;
  }
  const aboutMetric = scan.has(
    /dso|cei|bpdso|aging|concentration|delinquent|day sales? open|best possible|collections? effectiveness/,
  );
  for (const [talk, pattern] of talks) {
    if (talk === 'how' && aboutMetric) continue;
    const done = scan.take(talk, pattern, (match) => {
      if (talk === 'how' && slots.talk === undefined) slots.explain = true;
      if (
        talk === 'freshness' &&
        !/sync|refresh|updat|import|data|ledger|figure|number|books|fresh|load|pull/.test(match[0])
      )
        return false;
      if (talk === 'rows' && scan.has(/dispute|payment|promise|credit|@|open|overdue/)) return false;
      slots.talk ??= talk;
      return true;
    });
    if (done) return;
  }
}

const OPEN = '(?:open)';
const metrics: readonly [NonNullable<Slots['metric']>, RegExp][] = [
  [
    'best_possible_dso',
    new RegExp(
      `(?:best(?:-| )possible|best case|ideal|theoretical) (?:dso|day sales? ${OPEN})|bpdso|best possible`,
    ),
  ],
  ['dso', new RegExp(`dso|day(?: of)? sales? ${OPEN}|day sales? in (?:ar|receivables?)`)],
  ['cei', /cei|collection(?:s)? effectiveness(?: index)?|collection(?:s)? efficiency(?: index)?/],
  ['concentration', /(?:(?:customer|credit|debtor|receivables?|ar|debt) )*concentrat(?:ion|ed)(?: risk)?/],
  [
    'aging',
    /(?:(?:ar|receivables?|customer|debtors?|invoice|open|current|full|whole|overall) )*aging(?: (?:report|summary|bucket|table|schedule|breakdown|analysis|profile|overview|ar|receivables?|look|like|balance|trial balance))*|(?:(?:the|in|into|by|show|standard|as|usual|overdue|ar|open) )*(?<!\d[+d]* )bucket|(?:what does|how does|how is) (?:the |our )?aging(?: look)?/,
  ],
];

const METHOD: readonly [RegExp, NonNullable<Slots['method']>][] = [
  [/(?:with |by |using )?(?:the )?(?:count(?:-| )?back|exhaustion)(?: method| way)?/, 'count_back'],
  [
    /(?:with |by |using )?(?:the )?(?:simple|classic|plain|basic|period end|period-end)(?: (?:method|way|formula))?/,
    'simple',
  ],
];

/** Metrics by name; "how late do they pay" is of payer habits. */
export function takeMetrics(scan: Scanner, { slots }: Draft): void {
  scan.take(
    'metric',
    /(?:average |the )?day (?:overdue|past due) on average|average (?:day|number of day) (?:overdue|beyond terms)|add(?= |$)/,
    (match, span) => {
      const raw = scan.tokens.slice(span.from, span.to).map((token) => token.raw);
      if (
        match[0] === 'add'
          ? raw[0] !== 'ADD' &&
            !(
              span.from === scan.tokens.length - 1 &&
              /(?:is|our|the) $/.test(`${scan.tokens[span.from - 1]?.word} `)
            )
          : !raw.some((each) => /delinq/i.test(each))
      )
        return false;
      slots.metric = 'average_days_delinquent';
      return true;
    },
  );
  for (const [metric, pattern] of metrics) {
    if (metric === 'dso' && slots.metric) continue;
    scan.take('metric', pattern, () => {
      slots.metric ??= metric;
    });
  }
  if (slots.metric === 'dso')
    for (const [pattern, method] of METHOD)
      scan.take('method', pattern, () => {
        slots.method = method;
      });
  if (slots.metric) {
    scan.take(
      'explain',
      /(?:(?:and|also|with|show|tell me|explain|me) )*how (?:do |did |does |is |are )?(?:you |we |it |that |this |they )?(?:calculate|get|work(?:s|ed)?(?: (?:it|that|this))?(?: out)?|define|measure|derive|come up with)d?(?: (?:it|that|this|at it))*|(?:and |with )?(?:the |your |show )*(?:formula|method(?:ology)?|calculation)(?: (?:used|please|too))*/,
      () => {
        slots.explain = true;
      },
    );
  }
  takeHabits(scan, slots);
}

const WHO =
  "(?:(?:do|does|did|they|he|she|it|the|customer|usually|normally|typically|generally|our|on average|average|tend to|usual|@|'s|is|are|this|that|and|actually|really) )*";

function takeHabits(scan: Scanner, slots: Slots): void {
  const rule = new RegExp(
    [
      `how(?: (?:overdue|fast|quick(?:ly)?|slow(?:ly)?|long|soon|early|well|good|bad|punctual(?:ly)?|prompt(?:ly)?|reliabl[ey]|many day))? ${WHO}(?:take (?:_ )?(?:to )?)?pay(?: (?:us|up|their (?:invoice|debts?)|overdue|on time|usually|normally|typically|invoice|an invoice|on average|them|late))*(?: (?:on )?average)?`,
      `how overdue(?: (?:on average|average|are|is|they|usually|do|does|it|@|in general|normally))+`,
      `(?:(?:what is|what are|show|show me|me|the|their|its|our) )*(?:pay(?:er|ment|ing)?|paid) (?:habits?|behaviou?r|pattern|patterns|history|performance|record|track record|discipline|speed|morale|trend)`,
      `(?:(?:what is|the|their|its) )*average (?:day|time|number of day)(?: (?:it takes|they take|@ takes))? ?(?:to|until|till) (?:pay|paid|payment)(?: (?:us|invoice|their invoice))*`,
      `(?:(?:what is|the|their|its) )*(?:average|median|typical) (?:day overdue|lateness|delay|payment (?:delay|time|day)|overdue day|day to pay)`,
      `(?:do|does|are|is) (?:they|@|it)(?: (?:usually|normally|generally|always|typically|tend to))* pay(?: us)?(?: (?:on time|overdue|promptly|early))+`,
      `(?:are|is|do|does) (?:they|@|it) (?:a )?(?:good|bad|slow|overdue|prompt|reliable|chronic|late) (?:payers?|payer)`,
      `(?:(?:who|which customer|our|the|are|is|show|me|customer|that|usually|always|top|@) )*(?:slowest|worst|fastest|best|slow|latest|most overdue|chronic|prompt|habitual(?:ly)?|quickest|overdue|good|bad|serial) (?:to pay|payer|pay(?:ing)? customer|at pay(?:ing)?)`,
      `(?:who|(?:(?:which|what|the|all|show|list) )*customer(?: (?:that|who))?) (?:(?:usually|always|typically|normally|regularly|often|do|does|most|keep|keeps|tend to) )*(?:pay)(?: (?:us|their invoice))? (?:the )?(?:promptly|early|quickly|slowly|slowest|latest|overdue|fastest|quickest|earliest|on time|newest)(?: (?:on average|every time|each time|always|all the time))*`,
      `(?:and )?how (?:many day )?overdue`,
    ].join('|'),
  );
  if (slots.metric === undefined && !scan.has(/how overdue (?:is|are) (?:inv|#)/))
    scan.take('habits', rule, (match) => {
      if (/^(?:and )?how (?:many day )?overdue$/.test(match[0]) && !slots.metric) return false;
      if (/overdue payer/.test(match[0]) && scan.has(/first time|first-time|1st time/)) return false;
      if (/^how overdue(?: (?:is|are|it|they|@))+$/.test(match[0])) return false;
      slots.metric = 'payer_habits';
      if (
        /slow|worst|newest|latest|overdue payer|most overdue|pay (?:us |their invoice )?overdue|chronic|bad|serial|habitual/.test(
          match[0],
        )
      )
        slots.superlative ??= 'worst';
      else if (
        /fastest|best|quickest|prompt|early|earliest|good|(?:who|customer).* on time|quick/.test(match[0])
      )
        slots.superlative ??= 'best';
      return true;
    });
  if (slots.metric === 'payer_habits')
    scan.take(
      'habits',
      /(?:and |,)?(?:how (?:many day )?(?:overdue|long|fast)|average day|on average|average|day|to pay|typically|usually|in general|percent on time|on time|(?:what|which) (?:percent|share) on time)(?: (?:on )?average)?/,
    );
}
