/** A wish for another cadence, put into the whole document as it would be. */
import { magnitude } from '../cadence/default-policy.ts';
import { InvalidInputError } from '../errors.ts';
import { isCurrency, minorDigits, parseDecimal, toDecimal } from '../money.ts';
import { type CadencePolicy, type CadenceStep, cadencePolicy, tone } from './policy.ts';
import type { PolicyWish } from './reports.ts';

type Amounts = Record<string, string>;

/** The same order of magnitude in another currency; whole units, since it is no rate. */
function inMagnitude(amount: string, currency: string): string {
  const units = magnitude[currency];
  if (units === undefined || units === 1) return amount;
  const minor = parseDecimal(amount, 'USD') * BigInt(units);
  return toDecimal(minor / 100n, 'JPY');
}

/** One currency, or all that the policy names. Throws: InvalidInputError. */
function withAmount(amounts: Amounts, wish: { amount: string; currency?: string | undefined }): Amounts {
  const { amount, currency } = wish;
  if (parseDecimal(amount, currency ?? 'USD') < 0n)
    throw new InvalidInputError(`A limit is not below zero: ${amount}.`);
  if (currency === undefined)
    return Object.fromEntries(Object.keys(amounts).map((code) => [code, inMagnitude(amount, code)]));
  if (!isCurrency(currency)) throw new InvalidInputError(`"${currency}" is not a currency code such as USD.`);
  return { ...amounts, [currency]: amount };
}

/** Nobody below may approve more than those above. */
const notAbove = (amounts: Amounts, most: Amounts): Amounts =>
  Object.fromEntries(
    Object.entries(amounts).map(([code, amount]) => {
      const top = most[code];
      return [code, top !== undefined && parseDecimal(top, code) < parseDecimal(amount, code) ? top : amount];
    }),
  );

function withApprovalLimit(
  policy: CadencePolicy,
  wish: NonNullable<PolicyWish['approvalLimit']>,
): CadencePolicy {
  const { limits } = policy.approval;
  const approver = withAmount(limits.approver, wish);
  const collector = notAbove(limits.collector, approver);
  return { ...policy, approval: { ...policy.approval, limits: { approver, collector } } };
}

/** Throws: InvalidInputError that lists the segments. */
function stepsOf(policy: CadencePolicy, segment: string): { name: string; steps: CadenceStep[] } {
  const name = segment.trim().toLowerCase();
  const steps = Object.hasOwn(policy.segments, name) ? policy.segments[name] : undefined;
  if (!steps)
    throw new InvalidInputError(
      `There are no steps of their own for "${segment}". Segments with steps: ${Object.keys(policy.segments).join(', ')}.`,
    );
  return { name, steps };
}

const inWords = (day: number): string =>
  day < 0 ? `${-day} days before the due day` : `${day} days past due`;

function withStep(policy: CadencePolicy, wish: NonNullable<PolicyWish['addStep']>): CadencePolicy {
  const { name, steps } = stepsOf(policy, wish.segment);
  const asked = tone.safeParse(wish.tone.trim().toLowerCase());
  if (!asked.success)
    throw new InvalidInputError(`A tone is one of ${tone.options.join(', ')}, not "${wish.tone}".`);
  if (steps.some((each) => each.day === wish.day))
    throw new InvalidInputError(`There is a step ${inWords(wish.day)} for "${name}" already.`);
  const base = wish.day < 0 ? `before-${-wish.day}` : `day-${wish.day}`;
  const id = steps.some((each) => each.id === base) ? `${base}-new` : base;
  const step: CadenceStep = {
    ...{ id, day: wish.day, channel: 'email', tone: asked.data, cc: [], handOverTo: null, vetoHours: 0 },
    letter: wish.day <= 0 ? 'reminder' : 'overdue',
  };
  const all = [...steps, step].sort((a, b) => a.day - b.day);
  return { ...policy, segments: { ...policy.segments, [name]: all } };
}

function withoutStep(policy: CadencePolicy, wish: NonNullable<PolicyWish['removeStep']>): CadencePolicy {
  const { name, steps } = stepsOf(policy, wish.segment);
  const left = steps.filter((each) => each.day !== wish.day);
  if (left.length === steps.length)
    throw new InvalidInputError(
      `There is no step ${inWords(wish.day)} for "${name}". Its steps: ${steps.map((each) => inWords(each.day)).join(', ')}.`,
    );
  return { ...policy, segments: { ...policy.segments, [name]: left } };
}

function withSetting(policy: CadencePolicy, wish: PolicyWish): CadencePolicy {
  if (wish.approvalLimit) return withApprovalLimit(policy, wish.approvalLimit);
  if (wish.minGapDays !== undefined) return { ...policy, minGapDays: wish.minGapDays };
  if (wish.weeklyCap !== undefined) return { ...policy, weeklyCap: wish.weeklyCap };
  if (wish.contactHours) return { ...policy, contactHours: wish.contactHours };
  if (wish.minimumBalance)
    return { ...policy, minimumBalance: withAmount(policy.minimumBalance, wish.minimumBalance) };
  if (wish.sendingDelaySeconds !== undefined)
    return { ...policy, approval: { ...policy.approval, sendingDelaySeconds: wish.sendingDelaySeconds } };
  if (wish.addStep) return withStep(policy, wish.addStep);
  return wish.removeStep ? withoutStep(policy, wish.removeStep) : policy;
}

/**
 * The policy with exactly one wish in it. An amount without a currency counts for all of them, in the same order of
 * magnitude.
 *
 * Throws: InvalidInputError when there is not exactly one wish, or it cannot be.
 */
export function applyWish(policy: CadencePolicy, wish: PolicyWish): CadencePolicy {
  const asked = Object.values(wish).filter((each) => each !== undefined);
  if (asked.length !== 1)
    throw new InvalidInputError('Change one setting at a time, so that it is clear what is approved.');
  const parsed = cadencePolicy.safeParse(withSetting(policy, wish));
  if (!parsed.success)
    throw new InvalidInputError(
      `This cannot be: ${parsed.error.issues.map((each) => `${each.path.join('.')}: ${each.message}`).join('; ')}.`,
      { cause: parsed.error },
    );
  const { from, to } = parsed.data.contactHours;
  if (from >= to)
    throw new InvalidInputError(`Contact hours end after they begin: ${from} to ${to} is none.`);
  return parsed.data;
}

/** Digits shown of an amount in a setting. */
export const settingAmount = (amount: string, currency: string): string =>
  minorDigits(currency) === 0 ? amount : toDecimal(parseDecimal(amount, currency), currency);
