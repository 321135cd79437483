/** The faults that numbers and names pick up on their way, in the manner of the public set. */
import type { Random } from '../../../demo/random.ts';

const DIGITS = '0123456789';

/** One slip: a character put in, left out, changed, swapped with its neighbour, or a space put in. */
function slip(text: string, random: Random): string {
  const at = random.int(0, Math.max(0, text.length - 2));
  const [before, here, next, after] = [
    text.slice(0, at),
    text[at] ?? '',
    text[at + 1] ?? '',
    text.slice(at + 2),
  ];
  switch (random.int(1, 6)) {
    case 1:
      return before + random.pick([...DIGITS]) + here + next + after;
    case 2:
      return before + next + after;
    case 3:
      return before + next + here + after;
    case 4:
      return `${before}${here} ${next}${after}`;
    case 5:
      return before + random.pick([...DIGITS]) + next + after;
    // characters missing at an end, as when a field is too short
    default: {
      const lost = random.pick([1, 1, 2, 2, 3]);
      return random.chance(50) ? text.slice(0, -lost) : text.slice(lost);
    }
  }
}

/** The number with one slip, seldom two; never the same as before. */
export function brokenNumber(number: string, random: Random): string {
  const times = random.chance(92) ? 1 : 2;
  let broken = number;
  for (let time = 0; time < times || broken === number; time++) broken = slip(broken, random);
  return broken;
}

const TRADES = [
  'Trading',
  'Holdings',
  'Group',
  'Services',
  'Partners',
  'Logistics',
  'Treasury',
  'International',
  'Finance',
  'Supply',
];
const LEGAL = /^(?:ltd|inc|srl|sarl|ag|co|lda|pvt|limited|gmbh|llc|corp|plc)$/i;

/** The name under which a payer's bank knows it: initials with another word, one word of the name, or a code. */
export function invented(name: string, random: Random): string {
  const words = name.split(/[\s&.,]+/).filter((word) => /^\p{L}/u.test(word));
  const main = words.filter((word) => !LEGAL.test(word) && !/^[A-Z](?:\.|$)/.test(word));
  const initials = words.map((word) => word[0]!.toUpperCase()).join('');
  const trade = random.pick(TRADES);
  const short = initials.slice(0, random.int(2, 3));
  switch (random.int(1, 6)) {
    case 1:
      return `${short} ${trade}`;
    case 2:
      return `${short} ${trade}`.toUpperCase();
    case 3:
      return `${[...short].join('&')} ${trade}`;
    case 4:
      return `${main[0] ?? name} ${trade}`;
    case 5:
      return `${short}_${random.int(10_000, 99_999)}`;
    default:
      return `${(main[0] ?? name).slice(0, random.int(3, 5))}${(main[1] ?? '').slice(0, 3)} ${trade}`.toUpperCase();
  }
}
