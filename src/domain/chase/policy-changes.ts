/** What differs between two documents of settings, path by path, in words. */
import { formatAmount } from '../money.ts';
import { canonicalText } from '../proposal/canonical.ts';
import type { CadenceStep } from './policy.ts';
import { settingAmount } from './policy-wish.ts';
import type { PolicyChangeContent } from './proposals.ts';

type Changes = PolicyChangeContent['changes'];
type Plain = Record<string, unknown>;

const NOTHING = 'not set';
/** Longer values are cut: the whole document is part of what is approved. */
const MOST = 300;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where amounts by currency stand. */
const AMOUNTS =
  /^(minimumBalance|autoApplyUpTo|writeOffUpTo|bankFeeUpTo|secondPersonFrom|adjustmentLimits\.\w+|approval\.(limits\.\w+|secondPersonFrom))\.([A-Z]{3})$/;

function stepInWords(step: CadenceStep): string {
  const when = step.day < 0 ? `${-step.day} days before the due day` : `${step.day} days past due`;
  const what =
    step.channel === 'email'
      ? `${step.tone} ${step.letter.replaceAll('_', ' ')} by email`
      : step.channel === 'call'
        ? 'call'
        : `hand over to ${step.handOverTo ?? 'the account owner'}${step.vetoHours > 0 ? ` after ${step.vetoHours} hours to stop it` : ''}`;
  return `${when}: ${what}${step.cc.length > 0 ? `, copy to ${step.cc.join(', ')}` : ''}`;
}

function inWords(path: string, value: unknown): string {
  if (value === undefined || value === null) return NOTHING;
  const currency = AMOUNTS.exec(path)?.[3];
  if (currency && typeof value === 'string') return formatAmount(settingAmount(value, currency), currency);
  const text =
    typeof value === 'string'
      ? value
      : isStep(value)
        ? stepInWords(value)
        : Array.isArray(value)
          ? value.map(String).join(', ') || 'none'
          : JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
}

const isStep = (value: unknown): value is CadenceStep =>
  isPlain(value) && typeof value.id === 'string' && 'day' in value && 'channel' in value;

/** Lists of steps are compared by the id of each step, so that one more of them is one change. */
const keyed = (value: unknown): unknown =>
  Array.isArray(value) && value.length > 0 && value.every(isStep)
    ? Object.fromEntries(value.map((step) => [step.id, step]))
    : value;

/** Equal whatever the order of the keys. */
const same = (a: unknown, b: unknown): boolean =>
  a === undefined || b === undefined ? a === b : canonicalText(a) === canonicalText(b);

/** Every setting that is not the same, by path; equal documents give none. `before` undefined: everything is new. */
export function changesBetween(before: unknown, after: unknown, path = ''): Changes {
  const [old, now] = [keyed(before), keyed(after)];
  const goesOn = (value: unknown) => value === undefined || (isPlain(value) && !isStep(value));
  if (goesOn(old) && goesOn(now) && (isPlain(old) || isPlain(now))) {
    const [left, right] = [(old ?? {}) as Plain, (now ?? {}) as Plain];
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return keys.flatMap((key) => changesBetween(left[key], right[key], path === '' ? key : `${path}.${key}`));
  }
  return same(old, now) ? [] : [{ path, before: inWords(path, old), after: inWords(path, now) }];
}
