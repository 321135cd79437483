/** Which of the payments that were shown is meant; asked back when several could be. */
import type { PaymentWish } from '../../../src/domain/cash/answers.ts';
import { money } from '../phrasing/words.ts';
import type { Slots } from '../slots.ts';
import type { CashMemory, CashSlots, ShownPayment } from './slots.ts';

/** Decimal texts of one value: "9975" and "9975.00". */
export const sameAmount = (a: string, b: string): boolean => {
  const plain = (text: string) =>
    text
      .replace(/^0+(?=\d)/, '')
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '');
  return plain(a) === plain(b);
};

const line = (payment: ShownPayment, index: number): string =>
  `${index + 1}. ${money(payment.amount, payment.currency)} of ${payment.receivedOn} from ${payment.payer ?? 'an unnamed payer'}${payment.number ? ` (${payment.number})` : ''}`;

/** Said again as it was shown: a booked payment's amount and number do not change. */
export const whichPayment = (payments: readonly ShownPayment[]): string =>
  [
    'Which payment do you mean?',
    ...payments.map(line),
    'Say "the first", the number of the payment, or its amount and payer.',
  ].join('\n');

const hasWish = (wish: PaymentWish | undefined): wish is PaymentWish =>
  wish !== undefined && Object.values(wish).some((value) => value !== undefined);

export type Which =
  | { wish: PaymentWish }
  | { ask: 'several'; among: readonly ShownPayment[] }
  | { ask: 'none' };

const said = (payment: ShownPayment, { number, amount, currency, payer, receivedOn }: PaymentWish): boolean =>
  (number === undefined || payment.number.toUpperCase() === number.toUpperCase()) &&
  (amount === undefined || sameAmount(payment.amount, amount)) &&
  (currency === undefined || payment.currency === currency) &&
  (payer === undefined || (payment.payer ?? '').toLowerCase().includes(payer.toLowerCase())) &&
  (receivedOn === undefined || payment.receivedOn === receivedOn);

/** By what was said of it, by its place in the list, or as the only one that was shown. */
export function whichOf(cash: CashSlots, memory: CashMemory, { customers }: Slots): Which {
  const { payments } = memory;
  if (cash.nth !== undefined) {
    const picked = cash.nth < 0 ? payments.at(-1) : payments[cash.nth - 1];
    return picked
      ? { wish: { paymentId: picked.id } }
      : payments.length > 0
        ? { ask: 'several', among: payments }
        : { ask: 'none' };
  }
  const customerId = customers?.length === 1 ? customers[0]!.id : undefined;
  if (hasWish(cash.payment)) {
    const wish = {
      ...cash.payment,
      ...(cash.payment.payer === undefined && customerId !== undefined ? { customerId } : {}),
    };
    // "the wire", "the euro one": what was shown, where that tells it
    const shown = payments.filter((payment) => said(payment, wish));
    const told =
      wish.number !== undefined ||
      wish.amount !== undefined ||
      wish.payer !== undefined ||
      wish.customerId !== undefined;
    return !told && shown.length === 1 ? { wish: { paymentId: shown[0]!.id } } : { wish };
  }
  if (customerId !== undefined) return { wish: { customerId } };
  const [only, second] = payments;
  if (!only) return { ask: 'none' };
  return second ? { ask: 'several', among: payments } : { wish: { paymentId: only.id } };
}
