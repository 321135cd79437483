import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMailFolder } from '../../../src/connectors/mail-folder/index.ts';
import { fileNameOf } from '../../../src/connectors/mail-folder/map.ts';
import { writeMime } from '../../../src/connectors/mime.ts';
import { InvalidInputError } from '../../../src/domain/errors.ts';
import type { OutgoingMail } from '../../../src/ports/mailbox.ts';

const aMail = (over: Partial<OutgoingMail> = {}): OutgoingMail => ({
  messageId: '<remy.1.2@demo.example>',
  from: 'Zoë Müller <ar@demo.example>',
  replyTo: 'Receivables <inbox@demo.example>',
  to: ['"Böhm, Ana" <ap@acme.example>', 'two@acme.example'],
  cc: ['controller@acme.example'],
  bcc: ['archive@demo.example'],
  subject: 'Rechnung 4711 über 1.250,00 € – fällig',
  body: 'Grüße aus München,\n\nein langer Satz, der weiter geht als achtundsiebzig Zeichen, weil manche Sätze so sind und nicht enden.\n.\n> kein Zitat\nFrom here on\n',
  attachments: [{ name: 'Aufstellung März.csv', mime: 'text/csv', bytes: new TextEncoder().encode('a;b\n') }],
  inReplyTo: '<question@acme.example>',
  references: ['<first@acme.example>', '<question@acme.example>'],
  listUnsubscribe: 'mailto:unsubscribe@demo.example',
  date: new Date('2026-11-24T10:11:12Z'),
  ...over,
});
const soon = () => AbortSignal.timeout(5000);

describe('mail that leaves through a folder', () => {
  let root: string;
  const mailbox = () => createMailFolder({ inbox: join(root, 'in'), sent: join(root, 'out') });
  const files = () => readdirSync(join(root, 'out'));
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'remy-mail-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('every field reads back as it was given', async () => {
    const mail = aMail();
    expect(await mailbox().send(mail, soon())).toMatchObject({ outcome: 'sent' });
    const bytes = readFileSync(join(root, 'out', fileNameOf(mail.messageId)));
    expect(bytes.toString('latin1')).not.toMatch(/[^\r]\n/);
    const read = await PostalMime.parse(bytes);
    expect(read).toMatchObject({
      messageId: mail.messageId,
      from: { name: 'Zoë Müller', address: 'ar@demo.example' },
      replyTo: [{ name: 'Receivables', address: 'inbox@demo.example' }],
      to: [
        { name: 'Böhm, Ana', address: 'ap@acme.example' },
        { name: '', address: 'two@acme.example' },
      ],
      cc: [{ address: 'controller@acme.example' }],
      bcc: [{ address: 'archive@demo.example' }],
      subject: mail.subject,
      inReplyTo: '<question@acme.example>',
      references: '<first@acme.example> <question@acme.example>',
      date: '2026-11-24T10:11:12.000Z',
    });
    expect(read.text?.trimEnd()).toBe(mail.body.trimEnd()); // empty lines at the end are the format's own
    expect(read.attachments).toMatchObject([{ filename: 'Aufstellung März.csv', mimeType: 'text/csv' }]);
    expect(new TextDecoder().decode(read.attachments[0]!.content as ArrayBuffer)).toBe('a;b\n');
    expect(read.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toBe(
      '<mailto:unsubscribe@demo.example?subject=unsubscribe>',
    );
    expect(read.headers.filter(({ key }) => key.startsWith('x-'))).toEqual([]);
  });

  test('a mail tried again, from several places at once, is one file and counts as sent', async () => {
    const tries = await Promise.all(Array.from({ length: 20 }, () => mailbox().send(aMail(), soon())));
    expect(tries.every(({ outcome }) => outcome === 'sent')).toBe(true);
    expect(tries.filter((each) => 'detail' in each && each.detail.startsWith('written'))).toHaveLength(1);
    expect(files()).toEqual([fileNameOf(aMail().messageId)]);
  });

  test('a file that is there stays as it is', async () => {
    await mailbox().send(aMail(), soon());
    const path = join(root, 'out', files()[0]!);
    const before = readFileSync(path);
    await mailbox().send(aMail({ body: 'something else' }), soon());
    expect(readFileSync(path)).toEqual(before);
  });

  test('a given-up try writes nothing', async () => {
    await expect(mailbox().send(aMail(), AbortSignal.abort())).rejects.toThrow();
    expect(existsSync(join(root, 'out'))).toBe(false);
  });

  test('what was sent is found by its Message-ID, a foreign file by the one inside', async () => {
    const box = mailbox();
    expect(await box.findSent('<remy.1.2@demo.example>', soon())).toBeNull();
    await box.send(aMail(), soon());
    expect(await box.findSent('<remy.1.2@demo.example>', soon())).toEqual({
      messageId: '<remy.1.2@demo.example>',
      to: ['ap@acme.example', 'two@acme.example'],
      subject: aMail().subject,
      sentAt: '2026-11-24T10:11:12.000Z',
    });
    const byHand = await writeMime(aMail({ messageId: '<by.hand@desk.example>' }));
    writeFileSync(join(root, 'out', 'from my mail program.eml'), byHand);
    expect(await box.findSent('<by.hand@desk.example>', soon())).toMatchObject({ subject: aMail().subject });
    expect(await box.findSent('<other@desk.example>', soon())).toBeNull();
  });

  test('everything sent since a moment is listed, oldest first', async () => {
    const box = mailbox();
    for (const [id, date] of [
      ['b', '2026-11-24T12:00:00Z'],
      ['a', '2026-11-24T11:00:00Z'],
      ['old', '2026-11-20T11:00:00Z'],
    ] as const)
      await box.send(aMail({ messageId: `<${id}@demo.example>`, date: new Date(date) }), soon());
    const listed = [];
    for await (const mail of box.listSent(new Date('2026-11-24T00:00:00Z'))) listed.push(mail.messageId);
    expect(listed).toEqual(['<a@demo.example>', '<b@demo.example>']);
  });

  test('both folders are made, and a place that is no folder is named with what to do', async () => {
    expect(await mailbox().problem()).toBeNull();
    expect(readdirSync(root).sort()).toEqual(['in', 'out']);
    rmSync(join(root, 'out'), { recursive: true });
    writeFileSync(join(root, 'out'), 'a file');
    expect(await mailbox().problem()).toMatch(/out \(EEXIST\).*REMY_MAIL_SENT/);
    await expect(mailbox().send(aMail(), soon())).rejects.toThrow();
  });

  test('names of different mails differ, and none leaves the folder', () => {
    expect(fileNameOf('<a/b@x>')).not.toBe(fileNameOf('<a-b@x>'));
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(fileNameOf(id)).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,59}-[0-9a-f]{16}\.eml$/);
      }),
    );
  });
});

describe('what may stand in a header', () => {
  const evil = 'x\r\nBcc: thief@evil.example';
  test.each<[string, Partial<OutgoingMail>]>([
    ['subject', { subject: evil }],
    ['subject with a lone line feed', { subject: 'x\nBcc: thief@evil.example' }],
    ['subject with a Unicode line end', { subject: 'x\u2028y' }],
    ['sender', { from: `"${evil}" <ar@demo.example>` }],
    ['sender address', { from: 'ar@demo.example\r\nBcc: thief@evil.example' }],
    ['reply address', { replyTo: evil }],
    ['recipient', { to: [`${evil} <ap@acme.example>`] }],
    ['recipient that is two', { to: ['ap@acme.example, thief@evil.example'] }],
    ['recipient that is a group', { to: ['team: ap@acme.example, thief@evil.example;'] }],
    ['recipient that is none', { to: ['nobody'] }],
    ['cc', { cc: ['a@b.example\nBcc: thief@evil.example'] }],
    ['bcc', { bcc: ['a@b.example;thief@evil.example'] }],
    ['Message-ID', { messageId: '<a@b>\r\nBcc: thief@evil.example' }],
    ['Message-ID without brackets', { messageId: 'a@b' }],
    ['In-Reply-To', { inReplyTo: `<a@b>${evil}` }],
    ['References', { references: ['<a@b>', evil] }],
    ['attachment name', { attachments: [{ name: evil, mime: 'text/csv', bytes: new Uint8Array(1) }] }],
    ['attachment type', { attachments: [{ name: 'a', mime: evil, bytes: new Uint8Array(1) }] }],
    ['unsubscribe address', { listUnsubscribe: 'mailto:u@demo.example>,<https://evil.example' }],
  ])('a line break or a second address in the %s is refused for good', async (_, over) => {
    const box = createMailFolder({ inbox: tmpdir(), sent: join(tmpdir(), 'remy-never-made') });
    expect(await box.send(aMail(over), soon())).toMatchObject({ outcome: 'refused', retry: false });
    expect(existsSync(join(tmpdir(), 'remy-never-made'))).toBe(false);
  });

  test('no subject and no name can add a header', async () => {
    const headers = async (mail: OutgoingMail) =>
      (await PostalMime.parse(await writeMime(mail))).headers.map(({ key }) => key).sort();
    const usual = await headers(aMail());
    let written = 0;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const mail = aMail({ subject: text, attachments: [{ ...aMail().attachments[0]!, name: text }] });
        const keys = await headers(mail).catch((error: unknown) => {
          if (error instanceof InvalidInputError) return null;
          throw error;
        });
        if (keys === null) return;
        written++;
        expect(keys.filter((key) => key !== 'subject')).toEqual(usual.filter((key) => key !== 'subject'));
      }),
    );
    expect(written).toBeGreaterThan(20);
  });
});
