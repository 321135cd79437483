/** Contacts at each customer: who pays, who decides, who ordered. */
import { createRandom, type Random } from './random.ts';
import { type DemoCustomer, roster } from './roster.ts';

export type DemoContact = {
  customer: DemoCustomer;
  name: string;
  email: string;
  role: string;
  primary: boolean;
};

const names: Record<string, { given: readonly string[]; family: readonly string[] }> = {
  en: {
    given: 'Grace Noah Priya Ethan Chloe Marcus Olivia Ravi Hannah Theo Simone Desmond Ingrid Caleb'.split(
      ' ',
    ),
    family: 'Holloway Benton Ackerman Prentiss Whitlock Ferris Okafor Lindqvist Marsh Castellan Doyle'.split(
      ' ',
    ),
  },
  de: {
    given: 'Katrin Jonas Sabine Uwe Jürgen Anke'.split(' '),
    family: 'Brandt Köhler Voss Lorenz Engel'.split(' '),
  },
  fr: {
    given: 'Camille Luc Élodie Mathieu Aurore'.split(' '),
    family: 'Garnier Lefèvre Moreau Roussel'.split(' '),
  },
  es: {
    given: 'Lucía Javier Carmen Álvaro Marta'.split(' '),
    family: 'Ibáñez Salgado Núñez Pardo'.split(' '),
  },
  it: { given: 'Giulia Paolo Chiara'.split(' '), family: 'Ferrante Bellini Monti'.split(' ') },
  nl: { given: 'Sanne Bram Lotte'.split(' '), family: 'Visser Kuipers Smit'.split(' ') },
  ja: {
    given: 'Yuki Haruto Naoko Kenji Emi'.split(' '),
    family: 'Mori Kobayashi Ueda Shimizu Ando'.split(' '),
  },
};

const mailbox = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.');

/** The mail domain of a customer: reserved for examples, so no mail to it can ever arrive. */
export const domainOf = ({ slug }: DemoCustomer): string => `${slug}.example`;

/** Nobody works at two customers; `taken` are the names so far. */
function person(
  customer: DemoCustomer,
  role: string,
  primary: boolean,
  random: Random,
  taken: Set<string>,
): DemoContact {
  const { given, family } = names[customer.language] ?? names.en!;
  let name = '';
  do name = `${random.pick(given)} ${random.pick(family)}`;
  while (taken.has(name));
  taken.add(name);
  return { customer, name, email: `${mailbox(name)}@${domainOf(customer)}`, role, primary };
}

function contactsOf(customer: DemoCustomer, seed: number, taken: Set<string>): DemoContact[] {
  const random = createRandom(seed, `people ${customer.slug}`);
  const payable: DemoContact =
    customer.segment === 'Enterprise' && random.chance(40) && customer.slug !== 'stark'
      ? {
          customer,
          name: 'Accounts Payable',
          email: `ap@${domainOf(customer)}`,
          role: 'AP shared mailbox',
          primary: true,
        }
      : person(customer, customer.segment === 'SMB' ? 'AP' : 'AP manager', true, random, taken);
  const others = [
    ...(customer.segment === 'SMB' ? [] : [person(customer, 'Finance director', false, random, taken)]),
    ...(random.chance(60) ? [person(customer, 'Purchasing', false, random, taken)] : []),
  ];
  return [payable, ...others];
}

/** The first contact of each customer is its primary one, in accounts payable. */
export function meetContacts(seed: number): DemoContact[] {
  const taken = new Set<string>();
  return roster.flatMap((customer) => contactsOf(customer, seed, taken));
}
