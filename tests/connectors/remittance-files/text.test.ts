import { describe, expect, test } from 'vitest';
import { readAdviceText } from '../../../src/connectors/remittance-files/advice-text.ts';

/** document, paid, gross, deduction, reason; as many as are given. */
const lines = (text: string) =>
  readAdviceText(text)?.lines.map((line) => [
    line.document,
    line.paid,
    line.gross,
    line.deduction,
    line.deductionReason,
  ]) ?? null;
const short = (text: string) =>
  readAdviceText(text)?.lines.map(({ document, paid }) => `${document} ${paid}`) ?? null;

describe('items one a line', () => {
  test('are read with nothing else around them', () => {
    expect(short('INV-1071  1,200.00')).toEqual(['INV-1071 1200.00']);
    expect(short('1182 4300\n1190 5700')).toEqual(['1182 4300.00', '1190 5700.00']);
  });

  test('a dash between document and amount is no minus', () => {
    expect(short('Payment advice\nINV-1071 - 1,200.00\nINV-1072 - 350.00')).toEqual([
      'INV-1071 1200.00',
      'INV-1072 350.00',
    ]);
  });

  test('what is taken off is below zero, with or without a minus', () => {
    const text =
      'Payment advice\nINV-1071 - 1,200.00\nless credit CN-12 50.00\nBank fee (25.00)\nTotal 1,125.00';
    expect(short(text)).toEqual(['INV-1071 1200.00', 'CN-12 -50.00', 'Bank fee -25.00']);
    expect(readAdviceText(text)).toMatchObject({ total: '1125.00', warnings: [] });
  });

  test('a discount in words is a deduction with its reason', () => {
    expect(lines('Invoice 1071: 1,200.00 less 2 % discount 24.00 = 1,176.00')).toEqual([
      ['1071', '1176.00', '1200.00', '24.00', '2 % discount'],
    ]);
    expect(
      lines('Bezahlt wurden: RE 2026/104 1.234,50 EUR abzgl. 2% Skonto 24,69 EUR = 1.209,81 EUR'),
    ).toEqual([['RE 2026/104', '1209.81', '1234.50', '24.69', '2% Skonto']]);
  });

  test('several documents on one line are several items', () => {
    expect(short('INV-1071: 500.00, INV-1072: 250.00')).toEqual(['INV-1071 500.00', 'INV-1072 250.00']);
  });

  test('a total that the lines do not meet is told', () => {
    expect(
      readAdviceText('Remittance\nINV-1071 1,200.00\nINV-1072 350.00\nTotal paid: 1,500.00')?.warnings,
    ).toEqual(['The lines add up to 1550.00, the advice says 1500.00: a difference of -50.00.']);
  });
});

describe('sentences', () => {
  test('an amount goes to the document it is sent to, the rest of a known total to the last', () => {
    expect(short('please apply 4,300 to 1182 and the rest to 1190')).toEqual(['1182 4300.00', '1190 null']);
    expect(short('We wired 10,000.00 today. Please apply 4,300 to 1182 and the rest to 1190.')).toEqual([
      '1182 4300.00',
      '1190 5700.00',
    ]);
  });

  test('an amount for several documents is the total, not that of one of them', () => {
    const advice = readAdviceText(
      'We paid invoices INV-1001, INV-1002 and INV-1003 today by wire, 12,000.00 USD in total.',
    );
    expect(advice?.lines.map(({ paid }) => paid)).toEqual([null, null, null]);
    expect(advice).toMatchObject({ total: '12000.00', currency: 'USD' });
  });

  test('an amount between two documents is given to neither', () => {
    expect(short('We paid inv 1071 in full and 500 on inv 1072.')).toEqual(['1071 null', '1072 null']);
    expect(readAdviceText('Please apply our credit CN-12 of 50.00 against INV-1071.')?.total).toBeNull();
  });

  test('documents run on without a word between them', () => {
    expect(short('match it to inv 1182 1190 and 1201, rest on account')).toEqual([
      '1182 null',
      '1190 null',
      '1201 null',
    ]);
  });

  test('what was kept back is a deduction, never paid', () => {
    expect(lines('We deducted 200.00 for damaged goods on INV-7731 and paid 9,800.00.')).toEqual([
      ['INV-7731', '9800.00', null, '200.00', 'damaged goods'],
    ]);
    expect(lines('Paid INV-7731 of 10,000.00 less 200.00 for damaged goods.')).toEqual([
      ['INV-7731', '9800.00', '10000.00', '200.00', 'damaged goods'],
    ]);
    expect(
      lines(
        'Wir haben von der Rechnung 1071 200,00 EUR wegen Mängeln abgezogen und 1.000,00 EUR überwiesen.',
      ),
    ).toEqual([['1071', '1000.00', null, '200.00', 'Mängeln']]);
  });

  test('other languages are read alike', () => {
    expect(short('Bonjour, nous avons réglé la facture F-2026-88 de 1 234,50 € par virement.')).toEqual([
      'F-2026-88 1234.50',
    ]);
    expect(short('Hemos pagado las facturas F-101 (1.200,00) y F-102 (300,00).')).toEqual([
      'F-101 1200.00',
      'F-102 300.00',
    ]);
    expect(short('Betaald: factuur 2026-101 € 1.200,00 en factuur 2026-102 € 300,00')).toEqual([
      '2026-101 1200.00',
      '2026-102 300.00',
    ]);
  });
});

describe('tables', () => {
  test('facts around the table are kept', () => {
    const text =
      'Payer: Acme Corp\nPayment Date: 11/20/2026\nPayment Amount: USD 1,550.00\nPayment Reference: 88172-A\n\nInvoice Number | Invoice Amount | Amount Paid\nINV-1071 | 1,200.00 | 1,200.00\nINV-1072 | 350.00 | 350.00';
    expect(readAdviceText(text)).toMatchObject({
      payerName: 'Acme Corp',
      paidOn: '2026-11-20',
      total: '1550.00',
      currency: 'USD',
      paymentReference: '88172-A',
      warnings: [],
    });
  });

  test('an open "1.234" is thousands or decimals by what the rows and the total say', () => {
    expect(short('Invoice\tPaid\nINV-1\t1.234\nINV-2\t2.000\nTotal\t3.234')).toEqual([
      'INV-1 1234.00',
      'INV-2 2000.00',
    ]);
    expect(short('Invoice\tPaid\nINV-1\t1.234\nINV-2\t0.500\nTotal paid: 1.734')).toEqual([
      'INV-1 1.234',
      'INV-2 0.50',
    ]);
  });

  test("an advice from the payer's books, all below zero, is read as paid, by your number and not by his", () => {
    const text =
      'Zahlungsavis\nBelegnr.    Ihr Beleg     Bruttobetrag   Abzüge   Zahlbetrag\n5100001234  RE-2026-104      1.234,50-   24,69-    1.209,81-\n5100001235  RE-2026-105      1.000,00-    0,00     1.000,00-\nSumme                        2.234,50-   24,69-    2.209,81-';
    expect(lines(text)).toEqual([
      ['RE-2026-104', '1209.81', '1234.50', '24.69', 'Abzüge'],
      ['RE-2026-105', '1000.00', '1000.00', null, null],
    ]);
    expect(readAdviceText(text)?.total).toBe('2209.81');
  });

  test('a credit note written without a minus is taken off where the total says so', () => {
    const text = 'Document\tType\tPaid\nA-1071\tInvoice\t500.00\nA-12\tCredit memo\t50.00\nTotal\t\t450.00';
    expect(short(text)).toEqual(['A-1071 500.00', 'A-12 -50.00']);
    expect(readAdviceText(text)?.warnings).toEqual([]);
  });
});

describe('no advice', () => {
  test.each([
    ['a request to pay', 'please pay INV-1 1,200.00 by Friday'],
    ['a question', 'Did you receive our payment for INV-1071 of 1,200.00?'],
    ['a request for a copy', 'Can you send me a copy of invoice INV-1071 for 1,200.00? We cannot find it.'],
    ['a promise', 'We will pay INV-1071 1,200.00 on Friday.'],
    [
      'a dunning letter',
      'Our records show INV-1071 $1,200.00 and INV-1072 $350.00 are past due. Kindly arrange payment.',
    ],
    ['an invoice sent', 'Our invoice 1071 for 1,200.00 is attached.'],
    ['a dispute', 'We dispute 300.00 on INV-1071 because the quantity was wrong.'],
    ['a claim of having paid', 'Hi, we already paid invoice INV-1071 on May 3.'],
    ['a plan', 'Hello, INV-1071 was received. Our AP team will process payment of 1,200.00 on 12/15.'],
    [
      'a statement',
      'Statement of account\nInvoice     Date        Due         Amount     Balance\nINV-1       2026-01-01  2026-02-01  100.00     100.00\nTotal due 100.00\nPlease remit payment.',
    ],
    [
      'an invoice',
      'Invoice INV-77\nBill to: Acme\nDescription   Qty   Unit price   Amount\nWidget A-100    2    50.00   100.00\nTotal due 100.00\nRemittance advice: please detach and return with your payment',
    ],
    [
      'an order',
      'Order confirmation\nSKU-1001  12.00\nSKU-1002  15.00\nThank you for your purchase. Total due 27.00',
    ],
    [
      'the mail that is answered',
      'Thanks!\n\nOn Mon, Nov 16, 2026 at 9:00 AM AR <ar@us.example> wrote:\n> Remittance advice\n> INV-1071 1,200.00',
    ],
    ['a payment that came back', 'We sent 500.00 to INV-1071 but our bank rejected the payment.'],
    ['nothing', ''],
  ])('is %s', (_, text) => {
    expect(readAdviceText(text)).toBeNull();
  });
});
