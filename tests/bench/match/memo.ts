/** What stands on a bank line: words and numbers in the payer's manner, cut and spoiled on their way. */
import type { Random } from '../../../demo/random.ts';
import type { Day } from '../../../src/domain/calendar.ts';
import { transliterated } from './company-names.ts';
import { type Channel, digitsOf, type Payer } from './world.ts';

/** A piece of the text; `names` are the invoices that it names by itself. */
export type Piece = { readonly text: string; readonly names?: readonly number[] };
export type Memo = {
  readonly text: string;
  /** Invoices still named after everything was cut. */
  readonly named: ReadonlySet<number>;
  /** What is left of the number in which the text was cut. */
  readonly fragment: string | null;
};

/** The most that a channel carries of a text and of a name. */
const LIMITS: Readonly<Record<Channel, { text: number; name: number }>> = {
  sepa: { text: 140, name: 70 },
  bacs: { text: 18, name: 18 },
  ach: { text: 80, name: 22 },
  wire: { text: 140, name: 35 },
  cheque: { text: 35, name: 40 },
  foreign: { text: 105, name: 35 },
};

/** Numbers that have nothing to do with an invoice, as they stand beside one; `own`: the payer is the customer. */
export function noise(payer: Payer, own: boolean, receivedOn: Day, random: Random): string {
  const [year, month, day] = receivedOn.split('-') as [string, string, string];
  switch (random.int(1, 9)) {
    case 1:
      return `TEL ${random.pick(['+49 30', '020', '1-800-', '0033 1'])} ${digitsOf(random, 7)}`;
    case 2:
      return `${random.pick(['VAT', 'UST-ID', 'TAX ID', 'TVA'])} ${payer.country.code}${digitsOf(random, 9)}`;
    case 3:
      return random.pick([
        `${day}.${month}.${year}`,
        `${month}/${day}/${year.slice(2)}`,
        `${year}${month}${day}`,
      ]);
    case 4:
      return `${random.pick(['Contract', 'Vertrag', 'CTR'])} ${digitsOf(random, random.int(4, 8))}`;
    case 5:
      return `${random.pick(['Kd.Nr.', 'Customer no', 'Cust', 'Client', 'ACCT'])} ${own ? payer.customer.code : digitsOf(random, random.int(4, 9))}`;
    case 6:
      return `IBAN ${payer.country.code}${digitsOf(random, 18)}`;
    case 7:
      return `BATCH ${digitsOf(random, random.int(3, 6))}`;
    case 8:
      return `TRN ${digitsOf(random, 10)}`;
    default:
      return `${random.pick(['voucher', 'Beleg', 'doc'])} ${digitsOf(random, random.int(4, 7))}`;
  }
}

/** Joins pieces and cuts; an invoice stays named only by a piece that is left whole. */
function joined(pieces: readonly Piece[], limit: number): Memo {
  const named = new Set<number>();
  let fragment: string | null = null;
  let text = '';
  for (const piece of pieces) {
    if (piece.text === '') continue;
    const from = text === '' ? 0 : text.length + 1;
    text += (text === '' ? '' : ' ') + piece.text;
    if (text.length <= limit) for (const id of piece.names ?? []) named.add(id);
    else if (piece.names && from < limit && fragment === null) fragment = piece.text.slice(0, limit - from);
  }
  return { text: text.slice(0, limit).trim(), named, fragment };
}

const wrapped = (text: string, width: number): string =>
  text.match(new RegExp(`[\\s\\S]{1,${width}}`, 'g'))?.join('\n') ?? '';

/** The text as the bank passes it on, in its frame of other fields. */
function framed(text: string, payer: Payer, name: string, receivedOn: Day, random: Random): string {
  const upper = transliterated(name, random).toUpperCase().slice(0, 16);
  if (payer.channel === 'ach')
    return random.chance(60)
      ? `ORIG CO NAME:${upper} ORIG ID:${digitsOf(random, 10)} DESC DATE:${receivedOn.slice(2).replaceAll('-', '')} CO ENTRY DESCR:PAYMENT SEC:CCD TRACE#:${digitsOf(random, 15)}\n${text}`
      : text;
  if (payer.channel === 'wire') {
    // four lines of 35, broken wherever the line ends
    const lines = wrapped(text, 35);
    return random.chance(50)
      ? `WIRE IN ${receivedOn.replaceAll('-', '')} TRN:${digitsOf(random, 12)} SND BK:${digitsOf(random, 9)}\nPMT DET:${lines}`
      : lines;
  }
  if (payer.channel === 'sepa' && random.chance(35))
    return `EREF+${random.pick(['NOTPROVIDED', `E2E${digitsOf(random, 9)}`])}\nSVWZ+${text}`;
  return text;
}

/** `name` is the one on the bank line, which some banks repeat in the text. */
export function writeMemo(
  pieces: readonly Piece[],
  payer: Payer,
  name: string,
  receivedOn: Day,
  random: Random,
): Memo {
  const all = [...pieces];
  const own = name === payer.bankName;
  if (random.chance(22)) all.push({ text: noise(payer, own, receivedOn, random) });
  if (random.chance(10)) all.unshift({ text: noise(payer, own, receivedOn, random) });
  const limit = LIMITS[payer.channel].text;
  const { text, named, fragment } = joined(all, limit);
  const plain = payer.channel === 'sepa' && random.chance(60) ? text : transliterated(text, random);
  const shouted = payer.channel === 'sepa' || random.chance(40) ? plain : plain.toUpperCase();
  return {
    text: framed(text.includes('\n') ? text : shouted, payer, name, receivedOn, random),
    named,
    fragment,
  };
}

/** The payer's name as the channel carries it. */
export function bankName(name: string, channel: Channel, random: Random): string {
  const cut = name.slice(0, LIMITS[channel].name).trim();
  return channel === 'sepa' ? cut : random.chance(50) ? transliterated(cut, random).toUpperCase() : cut;
}
