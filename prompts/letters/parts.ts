/**
 * What the letters of one language are made of. Texts hold placeholders (`{{total}}`), never figures. "(a|b)" is one
 * invoice or several. A text whose placeholders have no facts behind them is not used: of a list the first that can
 * be used is taken, and a paragraph without any is left out.
 */
export const letters = [
  'reminder',
  'overdue',
  'final_notice',
  'broken_promise',
  'thank_you',
  'remittance_request',
  'statement',
] as const;
export type Letter = (typeof letters)[number];
export const tones = ['friendly', 'neutral', 'firm', 'urgent'] as const;
export type Tone = (typeof tones)[number];

/** `late`: every invoice is past due. `partlyLate`: some are. `reminded`: we wrote before. `owing`: there is an invoice. */
export type Flag = 'late' | 'partlyLate' | 'reminded' | 'owing';
export type Line = string | { readonly when: Flag; readonly text: string };
export type Text = Line | readonly Line[];
export type ByTone = Readonly<Record<Tone, Text>>;

export type Parts = {
  readonly subject: Readonly<Record<Letter, ByTone>>;
  /** Ends with a colon where the list of invoices follows. */
  readonly opening: Readonly<Record<Letter, ByTone>>;
  /** In place of the opening's own words where only some invoices are past due, and before a list that needs them. */
  readonly listed: Text;
  /** Between opening and list, for the letters whose opening is not about the invoices. */
  readonly beforeList: Readonly<Partial<Record<Letter, Text>>>;
  readonly total: Text;
  readonly orders: Text;
  readonly attached: Text;
  /** The one thing that is asked for. */
  readonly ask: Readonly<Record<Letter, ByTone>>;
  readonly pay: Text;
  /** Left out when it is to be shorter. */
  readonly courtesy: Readonly<Record<Letter, Text>>;
  readonly reach: Text;
  readonly signOff: Readonly<Record<Tone, string>>;
};

/** The same words in every tone but the named ones. */
export const inAllTones = (text: Text, other: Partial<ByTone> = {}): ByTone => ({
  friendly: text,
  neutral: text,
  firm: text,
  urgent: text,
  ...other,
});
