/**
 * The cadence policy and the company's settings as data: what a tenant can change, and the shape it is stored in.
 * Amounts are decimal text by currency; days are counted from the due day (negative: before it); hours are local
 * wall-clock `HH:MM`.
 */
import { z } from 'zod';

export const letterKinds = [
  'reminder',
  'overdue',
  'final_notice',
  'broken_promise',
  'thank_you',
  'remittance_request',
  'statement',
] as const;
export const letterKind = z.enum(letterKinds);
export type LetterKind = z.infer<typeof letterKind>;

/** In rising order: the ladder that "firmer" climbs. */
export const tones = ['friendly', 'neutral', 'firm', 'urgent'] as const;
export const tone = z.enum(tones);
export type Tone = z.infer<typeof tone>;

export const languages = ['en', 'de', 'fr', 'es'] as const;
export const language = z.enum(languages);
export type Language = z.infer<typeof language>;

export const handOverTargets = ['owner', 'sales', 'manager', 'legal'] as const;

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write it like 09:00');
const amounts = z
  .record(z.string().regex(/^[A-Z]{3}$/), z.string().regex(/^\d+(\.\d+)?$/))
  .describe('decimal by currency');

/** One rung of a ladder: taken when the oldest due invoice is `day` days past due (negative: that many before). */
export const cadenceStep = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  day: z.int().min(-60).max(365),
  channel: z.enum(['email', 'call', 'hand_over']),
  letter: letterKind.default('overdue'),
  tone: tone.default('neutral'),
  /** Who is copied: the account owner, the customer's contacts with this role (`controller`), an address of ours. */
  cc: z.array(z.string().max(200)).max(5).default([]),
  handOverTo: z.enum(handOverTargets).nullable().default(null),
  /** Hours in which the account owner can stop a hand-over. */
  vetoHours: z.int().min(0).max(240).default(0),
});
export type CadenceStep = z.infer<typeof cadenceStep>;

export const cadencePolicy = z.strictObject({
  /** Steps by customer segment, in lower case; `default` for all others. Sorted by day. */
  segments: z
    .record(z.string(), z.array(cadenceStep).max(20))
    .refine((segments) => segments.default !== undefined, 'a policy needs steps for "default"'),
  minGapDays: z.int().min(1).max(60),
  weeklyCap: z.int().min(1).max(7).describe('messages to one customer in seven days'),
  workingDays: z.array(z.int().min(1).max(7)).min(1).describe('1 Monday to 7 Sunday'),
  contactHours: z.strictObject({ from: hour, to: hour }),
  /** Where neither zone nor country of a customer is known, the hours must fit in all of these at once. */
  unknownZones: z.array(z.string()).min(1),
  minimumBalance: amounts.describe('less than this is not chased'),
  justPaidDays: z.int().min(0).max(30),
  languageByCountry: z.record(z.string(), language),
  /** Chases without an answer after which the account owner is asked to step in. */
  escalateAfterUnanswered: z.int().min(1).max(20),
  approval: z.strictObject({
    /** Up to how much a role may approve; a role that is not named has no limit, a currency not named is above it. */
    limits: z.strictObject({ collector: amounts, approver: amounts }),
    /** From this amount the maker of a draft cannot be the one who approves it. */
    secondPersonFrom: amounts,
    expiresAfterHours: z.int().min(1).max(720),
    sendingDelaySeconds: z.int().min(0).max(3600),
  }),
  digestAt: hour,
});
export type CadencePolicy = z.infer<typeof cadencePolicy>;

/** Who writes: the only home of sender, payment instructions and links of outgoing mail. */
export const companySettings = z.strictObject({
  name: z.string().min(1).max(200),
  fromName: z.string().min(1).max(200),
  fromAddress: z.email(),
  replyTo: z.email().nullable().default(null),
  phone: z.string().max(50).nullable().default(null),
  /** How to pay, by currency; `default` for all others. Put into mail as it is. */
  paymentInstructions: z.record(z.string(), z.string().max(2000)).default({}),
  /** `https` address of a payment page, with {invoice} and {customer} put in. */
  paymentLink: z
    .url({ protocol: /^https$/ })
    .nullable()
    .default(null),
  country: z.string().length(2).nullable().default(null),
  /** Subdivision for public holidays, such as `BY`. */
  holidayRegion: z.string().max(10).nullable().default(null),
  timezone: z.string().default('UTC'),
  language: language.default('en'),
  /** Address that takes "unsubscribe" mail; named in List-Unsubscribe. */
  unsubscribeAddress: z.email().nullable().default(null),
  legalEmail: z.email().nullable().default(null),
  managerEmail: z.email().nullable().default(null),
});
export type CompanySettings = z.infer<typeof companySettings>;
