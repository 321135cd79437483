import { describe, expect, test } from 'vitest';
import {
  type AdviceToPair,
  adviceFor,
  type PaymentToPair,
} from '../../../src/domain/matching/advice-pairing.ts';

const anAdvice = (over: Partial<AdviceToPair> = {}): AdviceToPair => ({
  id: 1,
  customerId: 7,
  names: ['acme'],
  currency: 'USD',
  total: '500.00',
  on: '2026-11-18',
  paymentReference: null,
  content: `advice ${over.id ?? 1}`,
  ...over,
});
const aPayment = (over: Partial<PaymentToPair> = {}): PaymentToPair => ({
  id: 10,
  customerId: null,
  names: ['acme'],
  currency: 'USD',
  amountMinor: 50_000n,
  receivedOn: '2026-11-20',
  ids: [],
  text: '',
  ...over,
});
const paired = (advices: AdviceToPair[], payments: PaymentToPair[]) => [...adviceFor(payments, advices)];

describe('which payment an advice is about', () => {
  test('total and payer, within the days in which the money comes', () => {
    expect(paired([anAdvice()], [aPayment()])).toEqual([[1, 10]]);
    expect(paired([anAdvice({ total: '500' })], [aPayment()])).toEqual([[1, 10]]);
    expect(
      paired(
        [anAdvice({ currency: null, total: '5000' })],
        [aPayment({ currency: 'JPY', amountMinor: 5_000n })],
      ),
    ).toEqual([[1, 10]]);
    for (const receivedOn of ['2026-11-07', '2026-12-09'])
      expect(paired([anAdvice()], [aPayment({ receivedOn })])).toEqual([]);
  });

  test('its reference, whatever the payer is called by the bank', () => {
    const advice = anAdvice({ paymentReference: 'EFT-0099231', total: null });
    expect(paired([advice], [aPayment({ names: [], ids: ['EFT0099231'] })])).toEqual([[1, 10]]);
    expect(paired([advice], [aPayment({ names: [], text: 'ACH EFT-0099231 ACME' })])).toEqual([[1, 10]]);
  });

  test('a cheque number of few digits needs the total or the payer beside it', () => {
    const advice = anAdvice({ paymentReference: '2231', total: null });
    expect(paired([advice], [aPayment({ names: [], text: 'Cheque 2231' })])).toEqual([]);
    expect(paired([advice], [aPayment({ text: 'Cheque 2231' })])).toEqual([[1, 10]]);
  });

  test.each<[string, Partial<AdviceToPair>, Partial<PaymentToPair>]>([
    ['another payer', {}, { names: ['globex'] }],
    ['another customer', {}, { customerId: 8 }],
    ['another currency', {}, { currency: 'EUR' }],
    ['another amount', {}, { amountMinor: 50_001n }],
    [
      'its reference, but another total',
      { paymentReference: 'EFT-0099231' },
      { ids: ['EFT-0099231'], amountMinor: 49_000n },
    ],
    ['nobody is named', { customerId: null, names: [] }, {}],
  ])('%s: not', (_, advice, payment) => {
    expect(paired([anAdvice(advice)], [aPayment(payment)])).toEqual([]);
  });

  test('what fits two is left alone, on either side', () => {
    expect(paired([anAdvice()], [aPayment(), aPayment({ id: 11 })])).toEqual([]);
    expect(paired([anAdvice(), anAdvice({ id: 2 })], [aPayment()])).toEqual([]);
  });

  test('a reference decides among equal amounts', () => {
    const advices = [anAdvice({ paymentReference: 'EFT-0099231' }), anAdvice({ id: 2 })];
    const payments = [aPayment({ ids: ['EFT-0099231'] }), aPayment({ id: 11 })];
    expect(paired(advices, payments)).toEqual([
      [1, 10],
      [2, 11],
    ]);
  });

  test('two copies of one advice count as one', () => {
    const copies = [anAdvice({ id: 2, content: 'same' }), anAdvice({ content: 'same' })];
    expect(paired(copies, [aPayment()])).toEqual([[1, 10]]);
  });
});
