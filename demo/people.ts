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
    given: ['Grace', 'Noah', 'Priya', 'Ethan', 'Chloe', 'Marcus', 'Olivia', 'Ravi', 'Hannah', 'Theo'],
    family: [
      'Holloway',
      'Benton',
      'Ackerman',
      'Prentiss',
      'Whitlock',
      'Ferris',
      'Okafor',
      'Lindqvist',
      'Marsh',
    ],
  },
  de: {
    given: ['Katrin', 'Jonas', 'Sabine', 'Uwe', 'Jürgen'],
    family: ['Brandt', 'Köhler', 'Voss', 'Lorenz'],
  },
  fr: { given: ['Camille', 'Luc', 'Élodie', 'Mathieu'], family: ['Garnier', 'Lefèvre', 'Moreau', 'Roussel'] },
  es: { given: ['Lucía', 'Javier', 'Carmen', 'Álvaro'], family: ['Ibáñez', 'Salgado', 'Núñez', 'Pardo'] },
  it: { given: ['Giulia', 'Paolo'], family: ['Ferrante', 'Bellini'] },
  nl: { given: ['Sanne', 'Bram'], family: ['Visser', 'Kuipers'] },
  ja: { given: ['Yuki', 'Haruto', 'Naoko', 'Kenji'], family: ['Mori', 'Kobayashi', 'Ueda', 'Shimizu'] },
};

const mailbox = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.');

/** The mail domain of a customer: reserved for examples, so no mail to it can ever arrive. */
export const domainOf = ({ slug }: DemoCustomer): string => `${slug}.example`;

function person(customer: DemoCustomer, role: string, primary: boolean, random: Random): DemoContact {
  const { given, family } = names[customer.language] ?? names.en!;
  const name = `${random.pick(given)} ${random.pick(family)}`;
  return { customer, name, email: `${mailbox(name)}@${domainOf(customer)}`, role, primary };
}

function contactsOf(customer: DemoCustomer, seed: number): DemoContact[] {
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
      : person(customer, customer.segment === 'SMB' ? 'AP' : 'AP manager', true, random);
  const others = [
    ...(customer.segment === 'SMB' ? [] : [person(customer, 'Finance director', false, random)]),
    ...(random.chance(60) ? [person(customer, 'Purchasing', false, random)] : []),
  ];
  const seen = new Set<string>();
  return [payable, ...others].filter(({ email }) => !seen.has(email) && seen.add(email));
}

/** The first contact of each customer is its primary one, in accounts payable. */
export const meetContacts = (seed: number): DemoContact[] =>
  roster.flatMap((customer) => contactsOf(customer, seed));
