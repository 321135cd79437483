import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { textOfHtml } from '../../../src/connectors/html-text.ts';
import { createMailFolder } from '../../../src/connectors/mail-folder/index.ts';
import type { IncomingMail } from '../../../src/ports/mailbox.ts';

const collect = async (mails: AsyncIterable<IncomingMail>): Promise<IncomingMail[]> => {
  const all: IncomingMail[] = [];
  for await (const mail of mails) all.push(mail);
  return all;
};

/** A mail file; `null` takes a header away. */
const eml = (headers: Record<string, string | null> = {}, body = 'We pay on Friday.'): string =>
  `${Object.entries({
    From: 'Ana <AP@Acme.example>',
    To: 'ar@demo.example',
    Subject: 'Re: Invoice 4711',
    'Message-ID': '<answer@acme.example>',
    Date: 'Tue, 24 Nov 2026 10:00:00 +0100',
    ...headers,
  })
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${value}\r\n`)
    .join('')}\r\n${body}\r\n`;

const report = (recipients: string[], action = 'failed') =>
  eml(
    {
      From: 'Mail Delivery System <MAILER-DAEMON@demo.example>',
      Subject: 'Undelivered Mail Returned to Sender',
      'MIME-Version': '1.0',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary="b"',
    },
    [
      '--b\r\nContent-Type: text/plain\r\n\r\nCould not be delivered.',
      `--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.demo.example\r\n`,
      ...recipients.map(
        (each) => `Final-Recipient: rfc822; ${each}\r\nAction: ${action}\r\nStatus: 5.1.1\r\n`,
      ),
      '--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: ar@demo.example\r\nMessage-ID: <ours@demo.example>\r\n\r\nPay up',
      '--b--',
    ].join('\r\n'),
  );

describe('mail that comes in through a folder', () => {
  let root: string;
  const problems: { file: string; reason: string }[] = [];
  const put = (name: string, text: string) => {
    const path = join(root, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text, 'latin1');
    return path;
  };
  const read = async (since: Date | null = null): Promise<IncomingMail[]> =>
    collect(
      createMailFolder({
        inbox: root,
        sent: join(root, '.sent'),
        onProblem: (each) => problems.push(each),
      }).listIncoming(since),
    );
  const one = async (text: string): Promise<IncomingMail> => {
    put('one.eml', text);
    return (await read())[0]!;
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'remy-inbox-'));
    problems.length = 0;
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('a mail gives its parties, its place in the conversation and its text', async () => {
    const mail = await one(
      eml({ 'In-Reply-To': '<ours@demo.example>', References: '<a@x>\r\n <ours@demo.example>' }),
    );
    expect(mail).toEqual({
      messageId: '<answer@acme.example>',
      inReplyTo: '<ours@demo.example>',
      references: ['<a@x>', '<ours@demo.example>'],
      from: 'ap@acme.example',
      to: ['ar@demo.example'],
      subject: 'Re: Invoice 4711',
      body: 'We pay on Friday.\n',
      sentAt: '2026-11-24T09:00:00.000Z',
      automatic: false,
      bouncedRecipient: null,
    });
  });

  test('folders are read with all below them, oldest mail first, other files and links left alone', async () => {
    put('b.eml', eml({ Date: 'Tue, 24 Nov 2026 12:00:00 +0000', 'Message-ID': '<3@x>' }));
    put('2026/11/a.EML', eml({ Date: 'Mon, 23 Nov 2026 12:00:00 +0000', 'Message-ID': '<1@x>' }));
    put('2026/z.eml', eml({ Date: 'Tue, 24 Nov 2026 02:00:00 +0000', 'Message-ID': '<2@x>' }));
    put('notes.txt', 'no mail');
    put('.hidden.eml', eml());
    symlinkSync(root, join(root, 'loop'));
    expect((await read()).map(({ messageId }) => messageId)).toEqual(['<1@x>', '<2@x>', '<3@x>']);
    expect(problems).toEqual([]);
  });

  test('a file counts as new from when it came into the folder, not from its date', async () => {
    const path = put('old.eml', eml({ Date: 'Wed, 1 Jan 2020 00:00:00 +0000' }));
    utimesSync(path, new Date('2020-01-01'), new Date('2020-01-01'));
    expect(await read(new Date(Date.now() - 60_000))).toHaveLength(1);
    expect(await read(new Date(Date.now() + 60_000))).toHaveLength(0);
  });

  test('a broken or a huge file is skipped and named, the others are read', async () => {
    put('good.eml', eml());
    put('empty.eml', '');
    put('noise.eml', '\x00\xff\xfe\x01'.repeat(1000));
    put('huge.eml', eml());
    truncateSync(join(root, 'huge.eml'), 25_000_001);
    expect((await read()).map(({ messageId }) => messageId)).toEqual(['<answer@acme.example>']);
    expect(problems.map(({ file }) => file.slice(root.length + 1)).sort()).toEqual([
      'empty.eml',
      'huge.eml',
      'noise.eml',
    ]);
    expect(problems.find(({ file }) => file.endsWith('huge.eml'))?.reason).toMatch(/25 MB/);
  });

  test('a subject that is too long is cut between characters, and ids with controls in them are none', async () => {
    const long = Buffer.from(`x${'\u{1F600}'.repeat(600)}`).toString('base64');
    const mail = await one(eml({ Subject: `=?utf-8?B?${long}?=`, 'In-Reply-To': '<a\0b@acme.example>' }));
    expect(mail.subject).not.toMatch(/\p{Cs}/u);
    expect(mail.subject).toHaveLength(997);
    expect(mail.inReplyTo).toBeNull();
  });

  test('a mail without Message-ID has the same one each time it is read', async () => {
    const first = await one(eml({ 'Message-ID': null }));
    const [again] = await read();
    expect(first.messageId).toMatch(/^<[0-9a-f]{40}@no-message-id\.invalid>$/);
    expect(again!.messageId).toBe(first.messageId);
    const other = await one(eml({ 'Message-ID': null }, 'Other words'));
    expect(other.messageId).not.toBe(first.messageId);
  });

  test.each([
    ['no date', null],
    ['a date nobody can read', 'yesterday at tea time'],
    ['a date beyond all calendars', 'Tue, 24 Nov 99999 10:00:00 +0000'],
  ])('a mail with %s has the moment its file was written', async (_, date) => {
    const path = put('one.eml', eml({ Date: date }));
    utimesSync(path, new Date('2026-11-20T08:00:00Z'), new Date('2026-11-20T08:00:00Z'));
    expect((await read())[0]!.sentAt).toBe('2026-11-20T08:00:00.000Z');
  });

  test.each<[string, Record<string, string>, boolean]>([
    ['an out-of-office answer', { 'Auto-Submitted': 'auto-replied' }, true],
    ['one that says it is none', { 'Auto-Submitted': 'no' }, false],
    ['an old vacation program', { Precedence: 'auto_reply' }, true],
    ['a newsletter', { Precedence: 'bulk', 'List-Id': '<news.vendor.example>' }, true],
    ['a list', { 'List-Id': '<talk.vendor.example>' }, true],
    ['an answer through a group address', { 'List-Id': '<ar.demo.example>', 'In-Reply-To': '<o@d>' }, false],
    ['an empty return path', { 'Return-Path': '<>' }, true],
    ['a person', {}, false],
  ])('%s: automatic or not', async (_, headers, automatic) => {
    expect((await one(eml(headers))).automatic).toBe(automatic);
  });

  test('a bounce names who could not be reached; the returned mail is not its text', async () => {
    const mail = await one(report(['Gone@Acme.example']));
    expect(mail).toMatchObject({ automatic: true, bouncedRecipient: 'gone@acme.example' });
    expect(mail.body).toMatch(/Could not be delivered/);
    expect(mail.body).not.toMatch(/Pay up/);
    expect(mail.messageId).toBe('<answer@acme.example>');
    const several = await one(report(['a@acme.example', 'b@acme.example', 'a@acme.example']));
    expect([several.bouncedRecipient, several.otherBouncedRecipients]).toEqual([
      'a@acme.example',
      ['b@acme.example'],
    ]);
  });

  test('a delay is no bounce', async () => {
    expect(await one(report(['slow@acme.example'], 'delayed'))).toMatchObject({
      automatic: true,
      bouncedRecipient: null,
    });
  });

  test('the text of an HTML mail is what a reader sees', async () => {
    const html =
      '<html><head><title>t</title><style>p{color:red}</style></head><body><p>We&nbsp;pay <b>1.250 &euro;</b></p><!-- <p>no</p> --><script>alert(1)</script><div>on&#32;Friday</div></body></html>';
    const mail = await one(eml({ 'Content-Type': 'text/html; charset=utf-8' }, html));
    expect(mail.body).toBe('We pay 1.250 €\n\non Friday');
  });

  test.each(['<style>'.repeat(200_000), '<'.repeat(1_000_000), '<!--'.repeat(300_000), '&#'.repeat(500_000)])(
    'markup that never ends is read to its end (%#)',
    (html) => {
      expect(textOfHtml(html).length).toBeLessThanOrEqual(html.length);
    },
  );

  const samples = join(import.meta.dirname, '../../../../shared/data/email/talon');
  test.runIf(existsSync(samples))('mails of many programs are read with sender and text', async () => {
    const box = createMailFolder({
      inbox: samples,
      sent: join(root, '.sent'),
      onProblem: (each) => problems.push(each),
    });
    const mails = await collect(box.listIncoming(null));
    expect(mails.length).toBeGreaterThanOrEqual(12);
    expect(mails.every(({ from, body }) => from.includes('@') && (body ?? '').length > 0)).toBe(true);
    expect(problems).toEqual([]);
  });
});
