import { describe, expect, test } from 'vitest';
import { accountIdentity, isIban } from '../../../src/domain/cash/bank-account.ts';
import {
  type BankWords,
  isOwnMoneyBack,
  methodOf,
  returnKindOf,
} from '../../../src/domain/cash/bank-codes.ts';
import { returnedAmounts } from '../../../src/domain/cash/returned-amounts.ts';

const words = (over: Partial<BankWords> = {}): BankWords => ({
  code: null,
  text: '',
  direction: 'debit',
  reversal: false,
  returnReason: null,
  ...over,
});

describe('what a code says', () => {
  test.each([
    ['195', '', 'wire'],
    ['165', '', 'ach'],
    ['142', '', 'ach'],
    ['115', '', 'cheque'],
    ['301', '', 'cheque'],
    ['399', 'VISA SETTLEMENT', 'card'],
    ['NCHK', '', 'cheque'],
    ['NTRF+166', '', 'wire'],
    ['NDDT+171', '', 'ach'],
    ['NTRF', '', 'wire'],
    ['PMNT/RCDT/ESCT', '', 'wire'],
    ['PMNT/RDDT/ESDD', '', 'ach'],
    ['PMNT/RCHQ/CCHQ', '', 'cheque'],
    ['PMNT/MCRD/POSP', '', 'card'],
    ['DIRECTDEP', '', 'ach'],
    ['CHECK', '', 'cheque'],
    ['CREDIT', 'FEDWIRE FROM ACME', 'wire'],
    [null, 'something', 'other'],
  ])('%s "%s" is paid by %s', (code, text, method) => {
    expect(methodOf({ code, text })).toBe(method);
  });

  test.each<[string, Partial<BankWords>, ReturnType<typeof returnKindOf>]>([
    ['an ISO reason', { returnReason: 'AC04' }, 'returned'],
    ['a reversal', { reversal: true }, 'returned'],
    ['BAI2 555', { code: '555' }, 'bounced_cheque'],
    ['BAI2 557', { code: '557' }, 'returned'],
    ['GVC 109', { code: 'NRTI+109' }, 'returned'],
    ['GVC 111', { code: 'NRTI+111' }, 'bounced_cheque'],
    ['German words', { text: 'RÜCKLASTSCHRIFT ACME' }, 'returned'],
    ['French words', { text: 'PRELEVEMENT IMPAYÉ' }, 'returned'],
    ['a chargeback', { text: 'STRIPE CHARGEBACK dp_123' }, 'chargeback'],
    ['a returned cheque', { text: 'RETURNED CHECK 2231 NSF' }, 'bounced_cheque'],
    ['an ACH reason', { text: 'ACH RETURN R01 ACME' }, 'returned'],
    ['a supplier', { text: 'PAYMENT TO SUPPLIER R4711' }, null],
    ['a tax return', { text: 'TAX RETURN 2025' }, null],
    ['a credit', { direction: 'credit', text: 'RETURNED ITEM' }, null],
  ])('%s', (_, over, kind) => {
    expect(returnKindOf(words(over))).toBe(kind);
  });

  test('a credit that gives our own money back is no customer’s', () => {
    const credit = (over: Partial<BankWords>) => isOwnMoneyBack(words({ direction: 'credit', ...over }));
    expect([credit({}), credit({ text: 'RETURN TO SENDER' })]).toEqual([false, false]);
    expect([credit({ reversal: true }), credit({ code: '257' }), credit({ returnReason: 'AC01' })]).toEqual([
      true,
      true,
      true,
    ]);
    expect(isOwnMoneyBack(words({ reversal: true }))).toBe(false);
  });
});

describe('what was returned', () => {
  const amounts = (over: Partial<Parameters<typeof returnedAmounts>[0]>) =>
    returnedAmounts({ amountMinor: 50_750n, currency: 'EUR', charges: null, text: '', ...over });

  test('is the debit, or less where the bank says that its fee is in it', () => {
    expect(amounts({})).toEqual([50_750n]);
    expect(amounts({ charges: '7.50' })).toEqual([50_750n, 50_000n]);
    expect(amounts({ text: 'OAMT+500,00 COAM+7,50' })).toEqual([50_750n, 50_000n]);
    expect(amounts({ text: '/OCMT/EUR500,/CHGS/EUR7,50' })).toEqual([50_750n, 50_000n]);
    expect(amounts({ text: '/OCMT/USD500,00' })).toEqual([50_750n]);
    expect(amounts({ text: 'Ursprungsbetrag: 1.500,00' })).toEqual([50_750n]);
  });
});

describe('one account, however it is written', () => {
  test.each([
    ['DE02 1203 0000 0000 2020 51', 'DE02120300000000202051'],
    ['12030000/202051', 'DE02120300000000202051'],
    ['12030000/202051EUR', 'DE02120300000000202051'],
    ['DE02120300000000202051EUR', 'DE02120300000000202051'],
    ['BYLADEM1001/DE02120300000000202051', 'DE02120300000000202051'],
    ['0009911223344', '9911223344'],
    ['9911223344', '9911223344'],
    ['', 'UNNAMED'],
  ])('%s is %s', (written, identity) => {
    expect(accountIdentity(written)).toBe(identity);
  });

  test('an IBAN has check digits', () => {
    expect(isIban('GB82WEST12345698765432')).toBe(true);
    expect(isIban('GB83WEST12345698765432')).toBe(false);
  });
});
