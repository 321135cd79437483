/** How well a payer's name fits a customer's: the same, cut short, misspelled, abbreviated, or another. */
import { baseName, foldName } from '../customer.ts';
import { closeness } from '../name-forms.ts';
import { initialsOf } from './customer-index.ts';
import type { MatchCustomer } from './shapes.ts';

export type NameFit = 'same' | 'known' | 'close' | 'part' | 'short' | 'word' | 'hint' | 'other';

/** Words that many firms have and that tell nothing of which. */
const COMMON = new Set(
  'group services service holding holdings international trading solutions solution consulting partners systems technologies technology tech enterprises enterprise global management industries industry ventures capital company and und the of sons bros brothers digital network energy media foods logistics supply engineering construction corp payments payment inc llc ltd limited gmbh'.split(
    ' ',
  ),
);

type CustomerForms = {
  readonly folded: string;
  readonly base: string;
  readonly initials: readonly string[];
  readonly known: ReadonlySet<string>;
};

const kept = new WeakMap<MatchCustomer, CustomerForms>();

/** "TerraNova" counts as two words here, as people abbreviate it (TN). */
const parted = (name: string): string => baseName(name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' '));

function formsOf(customer: MatchCustomer): CustomerForms {
  let forms = kept.get(customer);
  if (!forms) {
    const base = baseName(customer.name);
    const folded = foldName(customer.name);
    const and = baseName(customer.name.replaceAll('&', ' and '));
    const initials = [base, folded, and, parted(customer.name)].map(initialsOf);
    forms = {
      folded,
      base,
      initials: [...new Set(initials)].filter((each) => each.length >= 2),
      known: new Set([
        ...customer.aliases,
        ...customer.memory.filter(({ kind }) => kind === 'name').map(({ key }) => key),
      ]),
    };
    kept.set(customer, forms);
  }
  return forms;
}

const isCut = (one: string, other: string): boolean =>
  one.length >= 10 &&
  (other.startsWith(one) || other.replaceAll(' ', '').startsWith(one.replaceAll(' ', '')));

/** "bht tours" for bht, "h co enterprises" for hc, "rfc 88990" for rfc. */
function abbreviates(payer: string, { initials }: CustomerForms): boolean {
  const words = payer.split(' ');
  const single = words.filter((word) => word.length === 1).join('');
  const lead = words.length > 1 && words[0]!.length === 1 ? words[0]! + words[1]![0]! : '';
  return initials.some(
    (each) =>
      words[0] === each ||
      words.includes(each) ||
      (single.length >= 2 && (single === each || each.startsWith(single))) ||
      (lead !== '' && each.startsWith(lead)),
  );
}

/** All letters of a short first word come in the name in this order, the first one first ("amx" of aeromax). */
function lettersInOrder(payer: string, base: string): boolean {
  const word = payer.split(' ')[0]!;
  if (word.length < 2 || word.length > 5 || word[0] !== base[0]) return false;
  let at = 0;
  for (const letter of base) if (letter === word[at]) at++;
  return at === word.length;
}

/** Every word is a word of the name, or the beginning of one, in its order ("meridian eng limit"). */
function wordsCutShort(payer: string, name: string): boolean {
  const words = name.split(' ');
  let at = 0;
  const all = payer.split(' ');
  for (const word of all) {
    while (at < words.length && !(words[at] === word || (word.length >= 3 && words[at]!.startsWith(word))))
      at++;
    if (at === words.length) return false;
    at++;
  }
  return all.length >= 2;
}

function fitOf(payer: string, forms: CustomerForms): NameFit {
  const { base, folded } = forms;
  if (payer === base || payer === folded) return 'same';
  if (forms.known.has(payer)) return 'known';
  if (isCut(payer, folded) || isCut(payer, base) || isCut(base, payer)) return 'close';
  if (wordsCutShort(payer, folded)) return 'close';
  const close = payer.length >= 4 ? closeness(payer, base) : null;
  if (close && close.wordsLeft === 0) return 'close';
  const words = new Set(payer.split(' ').filter((word) => word.length >= 3 && !COMMON.has(word)));
  const own = base.split(' ').filter((word) => word.length >= 3 && !COMMON.has(word));
  const shared = own.filter((word) => words.has(word));
  if (
    shared.length > 0 &&
    (shared.length === own.length || shared.length === words.size) &&
    shared.length >= 2
  )
    return 'part';
  if (close) return 'part';
  if (shared.some((word) => word.length >= 4)) return 'word';
  if (abbreviates(payer, forms)) return 'short';
  return lettersInOrder(payer, base) ? 'hint' : 'other';
}

const ORDER: readonly NameFit[] = ['same', 'known', 'close', 'part', 'word', 'short', 'hint', 'other'];

/** The best fit of any of the payer's names (folded; without legal forms where there are any). */
export function nameFit(payerNames: readonly string[], customer: MatchCustomer): NameFit {
  const forms = formsOf(customer);
  const fits = payerNames.map((name) => fitOf(name, forms));
  return ORDER.find((fit) => fits.includes(fit)) ?? 'other';
}
