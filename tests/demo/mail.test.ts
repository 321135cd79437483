import { describe, expect, test } from 'vitest';
import { generateDemoCompany } from '../../demo/company.ts';
import { headerText, mailDate, quotedPrintable } from '../../demo/eml.ts';
import { readCsv } from './read-csv.ts';

const today = '2026-11-24';
const company = generateDemoCompany({ seed: 1, today });
const contacts = new Set(readCsv(company.files['contacts.csv']).map((row) => row.email));
const invoices = new Set(readCsv(company.files['invoices.csv']).map((row) => row.invoice_number));
const mails = Object.entries(company.emails);

const decoded = (text: string, charset: string): string =>
  new TextDecoder(charset).decode(
    Uint8Array.from(
      text
        .replaceAll('=\r\n', '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      (letter) => letter.charCodeAt(0),
    ),
  );
const header = (text: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)\r$`, 'm').exec(text)?.[1];
const bodyOf = (text: string): string =>
  decoded(text.slice(text.indexOf('\r\n\r\n')), /charset=(\S+)/.exec(text)![1]!);

describe('mail of the demo', () => {
  test('there are about forty, ASCII with CRLF, lines within the limits, each with its own Message-ID', () => {
    expect(mails.length).toBeGreaterThanOrEqual(38);
    expect(mails.length).toBeLessThanOrEqual(50);
    for (const [name, text] of mails) {
      expect(text, name).toMatch(/^[ -~\r\n]*$/);
      expect(text.replaceAll('\r\n', ''), name).not.toMatch(/[\r\n]/);
      for (const line of text.split('\r\n')) expect(line.length, name).toBeLessThanOrEqual(200);
    }
    expect(new Set(mails.map(([, text]) => header(text, 'Message-ID'))).size).toBe(mails.length);
  });

  test('all come from contacts, but for one from a lookalike domain', () => {
    const senders = mails.map(([, text]) => /<(.*)>/.exec(header(text, 'From')!)![1]!);
    expect(senders.filter((sender) => !contacts.has(sender))).toEqual(['accounts@globex-corp.example']);
  });

  test('they are written in English, German, French and Spanish', () => {
    const all = mails.map(([, text]) => bodyOf(text)).join('\n');
    for (const words of ['We will pay', 'Wir überweisen', 'Nous réglerons', 'Pagaremos'])
      expect(all).toContain(words);
  });

  test('every invoice a mail names is in the ledger, and no mail is from the future', () => {
    for (const [name, text] of mails) {
      for (const number of bodyOf(text).match(/INV-\d+/g) ?? [])
        expect(invoices.has(number), name).toBe(true);
      expect(name.slice(0, 10) < today).toBe(true);
    }
  });

  test('the words of each promise that came by mail stand in a mail', () => {
    const bodies = mails.map(([, text]) => bodyOf(text));
    const mailed = company.records.promises.filter(({ quote }) =>
      bodies.some((body) => body.includes(quote)),
    );
    expect(mailed.length).toBeGreaterThanOrEqual(9);
  });

  test('read mail is in the records with the reminder it answers, the newest is in the inbox only', () => {
    const { messages } = company.records;
    const ids = new Set(messages.map(({ messageId }) => messageId));
    for (const message of messages)
      if (message.inReplyTo !== null) expect(ids.has(message.inReplyTo), message.messageId).toBe(true);
    const unread = mails.filter(([, text]) => !ids.has(header(text, 'Message-ID')!));
    expect(unread.length).toBeGreaterThanOrEqual(6);
    expect(unread.length).toBeLessThan(mails.length / 2);
  });

  test('robots say so in their headers', () => {
    const robots = mails.filter(([name]) => name.includes('out-of-office'));
    expect(robots.length).toBeGreaterThanOrEqual(4);
    for (const [, text] of robots) expect(header(text, 'Auto-Submitted')).toBe('auto-replied');
  });

  test('the encodings are those of RFC 2045, 2047 and 5322', () => {
    expect(quotedPrintable('Grüße = gut', 'utf-8')).toBe('Gr=C3=BC=C3=9Fe =3D gut');
    expect(quotedPrintable('Grüße', 'iso-8859-1')).toBe('Gr=FC=DFe');
    const long = quotedPrintable('ü'.repeat(100), 'utf-8');
    expect(long.split('\r\n').every((line) => line.length <= 76)).toBe(true);
    expect(decoded(long, 'utf-8')).toBe('ü'.repeat(100));
    expect(headerText('Müller')).toBe('=?utf-8?Q?M=C3=BCller?=');
    expect(mailDate('2026-11-24T08:05:00Z')).toBe('Tue, 24 Nov 2026 08:05:00 +0000');
  });
});
