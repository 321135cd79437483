/** To whom a draft goes: the contacts who pay, and known people in copy. Addresses come from the ledger and from us. */
import type { ChaseContact, ChaseFacts } from '../../domain/cadence/facts.ts';
import { canBeWrittenTo, recipients } from '../../domain/cadence/recipients.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { plainData } from '../../domain/proposal/plain-data.ts';
import { readOurAddresses } from '../../store/proposals/ledger-now.ts';
import type { Sql } from '../../store/transaction.ts';
import type { DraftSettings } from './request.ts';

const lower = (text: string): string => text.trim().toLowerCase();

/** Addresses of the company's settings and people, in lower case. */
export async function ourAddresses(sql: Sql, { company, policy }: DraftSettings): Promise<Set<string>> {
  const settings = [company.fromAddress, company.replyTo, company.managerEmail, company.legalEmail];
  const steps = Object.values(policy.segments).flatMap((all) => all.flatMap((step) => step.cc));
  return new Set(
    [...(await readOurAddresses(sql)), ...settings, ...steps].flatMap((each) =>
      each?.includes('@') ? [lower(each)] : [],
    ),
  );
}

const whyNot = ({ email, optedOutOn, bouncedOn }: ChaseContact): string =>
  optedOutOn !== null
    ? `${email} asked not to be written to (${optedOutOn}).`
    : `Mail to ${email} came back (${bouncedOn}). Correct the address in the ledger, or restore it: npx remy contacts restore ${email}`;

const known = (facts: ChaseFacts): string =>
  facts.contacts
    .filter((each) => each.email !== null)
    .map((each) => (each.role ? `${each.email} (${each.role})` : each.email))
    .join(', ') || 'none with an address';

/** Throws: InvalidInputError for an address that is neither a contact of the customer that can be written to nor ours. */
export function knownAddress(address: string, facts: ChaseFacts, ours: ReadonlySet<string>): string {
  const wanted = lower(address);
  const contact = facts.contacts.find((each) => each.email !== null && lower(each.email) === wanted);
  if (contact && !canBeWrittenTo(contact)) throw new InvalidInputError(whyNot(contact));
  if (contact || ours.has(wanted)) return wanted;
  throw new InvalidInputError(
    `${plainData(address)} is not a known contact of ${facts.customer.name}. Add it to the contacts of the ledger first; known are: ${known(facts)}.`,
  );
}

/** How a role is called in a ledger: "controller" is also the head of finance. */
const ALIKE: readonly (readonly string[])[] = [
  [
    'controller',
    'finance director',
    'head of finance',
    'cfo',
    'financial controller',
    'finance manager',
    'chief financial officer',
  ],
  ['ap', 'accounts payable', 'payables', 'billing', 'ap manager'],
  ['purchasing', 'procurement', 'buyer', 'buying'],
];

function contactsByRole(role: string, facts: ChaseFacts): ChaseContact[] {
  const reachable = facts.contacts.filter(canBeWrittenTo);
  const fits = (words: readonly string[]) =>
    reachable.filter((each) => words.some((word) => ` ${lower(each.role ?? '')} `.includes(` ${word} `)));
  const exact = fits([role]);
  if (exact.length > 0) return exact;
  return fits(ALIKE.find((each) => each.includes(role)) ?? []);
}

/** A role or an address as addresses. Throws: InvalidInputError that lists who is known. */
function copiesOf(asked: string, facts: ChaseFacts, ours: ReadonlySet<string>): string[] {
  const wanted = lower(asked).replace(/^(?:their|the|our|his|her)\s+/, '');
  if (wanted.includes('@')) return [knownAddress(wanted, facts, ours)];
  if (['owner', 'account owner', 'sales'].includes(wanted)) {
    const { owner, name } = facts.customer;
    if (owner) return [lower(owner)];
    throw new InvalidInputError(`${name} has no account owner in the ledger, so there is nobody to copy.`);
  }
  const named = contactsByRole(wanted, facts);
  if (named.length > 0) return named.map((each) => lower(each.email!));
  const byName = facts.contacts.filter(
    (each) =>
      canBeWrittenTo(each) &&
      lower(each.name ?? '')
        .split(/\s+/)
        .includes(wanted.split(/\s+/)[0]!),
  );
  if (byName.length === 1) return [lower(byName[0]!.email!)];
  throw new InvalidInputError(
    `${facts.customer.name} has no contact whose role is "${plainData(asked, 40)}"; known are: ${known(facts)}.`,
  );
}

export type Recipients = {
  readonly to: string[];
  readonly cc: string[];
  readonly greetingName: string | null;
};

const SHARED =
  /\b(accounts?|payables?|billing|invoices?|finance|team|department|buchhaltung|rechnung\p{L}*|comptabilité|contabilidad|office|info|mailbox)\b/iu;

/** Null for a shared mailbox: "Hello Accounts Payable" is no greeting. */
function nameOf(contacts: readonly ChaseContact[]): string | null {
  const [only, more] = contacts;
  if (!only?.name || more || SHARED.test(only.name) || /\bshared\b/i.test(only.role ?? '')) return null;
  return only.name;
}

/**
 * `asked.to` replaces the usual recipients. Throws: InvalidInputError when nobody can be written to or somebody in
 * copy is not known.
 */
export function addressees(
  facts: ChaseFacts,
  asked: { readonly to: readonly string[] | null; readonly cc: readonly string[] },
  ours: ReadonlySet<string>,
): Recipients {
  const usual = recipients(facts);
  const to =
    asked.to?.map((each) => knownAddress(each, facts, new Set())) ?? usual.map((each) => lower(each.email!));
  if (to.length === 0)
    throw new InvalidInputError(
      `${facts.customer.name} has no contact that can be written to; known are: ${known(facts)}.`,
    );
  const cc = new Set(asked.cc.flatMap((each) => copiesOf(each, facts, ours)));
  for (const each of to) cc.delete(each);
  const greeted = facts.contacts.filter((each) => each.email !== null && to.includes(lower(each.email)));
  return { to: [...new Set(to)], cc: [...cc], greetingName: nameOf(greeted) };
}
