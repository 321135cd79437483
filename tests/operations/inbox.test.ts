import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createReadInbox } from '../../src/operations/read-inbox.ts';
import { createReconcileSent } from '../../src/operations/reconcile-sent.ts';
import { createRestoreContact } from '../../src/operations/restore-contact.ts';
import type { IncomingMail, SentMail } from '../../src/ports/mailbox.ts';
import { addPolicyVersion } from '../../src/store/policies.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aContact, aContext, aCustomer, type In } from '../support/ledger-builders.ts';

const clock = { now: () => new Date('2026-11-24T15:00:00Z'), today: () => '2026-11-24' };
let made = 0;
const aMail = (over: Partial<IncomingMail> = {}): IncomingMail => ({
  messageId: `<in-${++made}@acme.test>`,
  inReplyTo: null,
  references: [],
  from: 'ap@acme.test',
  to: ['ar@us.test'],
  subject: 'Re: your invoice',
  body: 'On its way.',
  sentAt: '2026-11-24T10:00:00.000Z',
  automatic: false,
  bouncedRecipient: null,
  ...over,
});

/** Mail of our own, found in the inbox because it was copied there. */
const ours = (to: string): IncomingMail => aMail({ from: 'ar@us.test', to: [to] });

/** A mailbox that holds what it is given. */
const holding = (incoming: IncomingMail[], sent: SentMail[] = []) => ({
  name: 'test',
  async *listIncoming() {
    yield* incoming;
  },
  async *listSent() {
    yield* sent;
  },
});

describe('mail taken in', () => {
  let database: Database;
  let where: In;
  let acme: number;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  const begin = async () => {
    where = { database, tenantId: await aTenant(database) };
    acme = await aCustomer(where, { name: 'Acme' });
    await aContact(where, acme, { email: 'ap@acme.test' });
    await inTenant(database.pool, where.tenantId, (sql) =>
      addPolicyVersion(sql, {
        kind: 'company',
        data: {
          name: 'Us',
          fromName: 'Us',
          fromAddress: 'ar@us.test',
          timezone: 'Asia/Tokyo',
          unsubscribeAddress: 'Leave@us.test',
        },
        madeBy: 'test',
        proposalId: null,
      }),
    );
  };
  const read = (...mails: IncomingMail[]) =>
    createReadInbox({ database, clock, mailbox: holding(mails) })(where.tenantId);
  const rows = <Row extends z.ZodType>(row: Row, text: string) =>
    inTenant(database.pool, where.tenantId, (sql) => sql.many(row, text));
  const events = () =>
    rows(
      z.object({ kind: z.string(), day: z.string(), summary: z.string() }),
      'select kind, happened_on as day, summary from timeline_event order by id',
    );
  const contact = () =>
    rows(
      z.object({ bounced_on: z.string().nullable(), opted_out_on: z.string().nullable() }),
      'select bounced_on, opted_out_on from contact order by id',
    );
  const messages = () =>
    rows(
      z.object({ customer_id: z.coerce.number().nullable(), direction: z.string(), sent_at: z.date() }),
      'select customer_id, direction, sent_at from message order by id',
    );

  test('an answer is stored once, counted on the local day, however often it is read', async () => {
    await begin();
    const mail = aMail({ sentAt: '2026-11-24T14:30:00Z' });
    const twin = aMail();
    expect(await read(mail, twin)).toMatchObject({ read: 2, recorded: 2, skipped: [] });
    expect(await read(mail, twin)).toMatchObject({ read: 2, recorded: 0 });
    expect(await events()).toEqual([
      { kind: 'replied', day: '2026-11-24', summary: 'Wrote: Re: your invoice' },
      { kind: 'replied', day: '2026-11-24', summary: 'Wrote: Re: your invoice' },
    ]);
    await read(aMail({ sentAt: '2026-11-23T15:30:00Z' }));
    expect((await events()).at(-1)?.day).toBe('2026-11-24'); // half past midnight in Tokyo
  });

  test('a mail from the future counts as of now', async () => {
    await begin();
    await read(aMail({ sentAt: '2027-05-01T00:00:00Z' }));
    expect((await messages())[0]?.sent_at).toEqual(clock.now());
  });

  test('automatic mail is kept without being an answer', async () => {
    await begin();
    await read(aMail({ automatic: true, subject: 'Out of office' }));
    expect(await events()).toMatchObject([{ kind: 'note', summary: 'Automatic mail: Out of office' }]);
    expect(await messages()).toMatchObject([{ customer_id: null, direction: 'in' }]);
  });

  test('a bounce marks every contact with the address, and says so on the timeline', async () => {
    await begin();
    await aContact(where, await aCustomer(where), { email: 'ap@acme.test' });
    const result = await read(
      ours('Ana <ap@acme.test>'),
      aMail({
        from: 'mailer-daemon@us.test',
        automatic: true,
        bouncedRecipient: 'ap@acme.test',
        otherBouncedRecipients: ['nobody@acme.test'],
      }),
    );
    expect(result.bounced).toEqual(['ap@acme.test']);
    expect(await contact()).toMatchObject([{ bounced_on: '2026-11-25' }, { bounced_on: '2026-11-25' }]); // in Tokyo
    expect((await events()).map(({ summary }) => summary)).toEqual([
      'Mail to ap@acme.test could not be delivered',
      'Mail to ap@acme.test could not be delivered',
    ]);
  });

  test('a colleague of a known contact answers for the customer; a free mail address answers for nobody', async () => {
    await begin();
    await aContact(where, acme, { email: 'ana@gmail.com' });
    await read(aMail({ from: 'new.person@acme.test' }), aMail({ from: 'someone@gmail.com' }));
    expect((await messages()).map((each) => each.customer_id)).toEqual([acme, null]);
    expect(await events()).toMatchObject([{ kind: 'replied' }]);
    await aContact(where, await aCustomer(where), { email: 'other@acme.test' });
    await read(aMail({ from: 'third.person@acme.test' }));
    expect((await messages()).at(-1)?.customer_id).toBeNull(); // the domain is of two customers now
  });

  test('a report about mail that we never wrote stops nobody', async () => {
    await begin();
    const forged = aMail({ from: 'x@evil.test', automatic: true, bouncedRecipient: 'ap@acme.test' });
    expect((await read(ours('other@acme.test'), forged)).bounced).toEqual([]);
    expect(await contact()).toEqual([{ bounced_on: null, opted_out_on: null }]);
  });

  test('an address that mail came back from is written to again once a person says so; an opt-out stays', async () => {
    await begin();
    await read(ours('ap@acme.test'), aMail({ automatic: true, bouncedRecipient: 'ap@acme.test' }));
    const restore = createRestoreContact(database);
    const collector = await aContext(where, { role: 'collector' });
    await expect(restore({ email: 'else@acme.test' }, collector)).rejects.toThrow(/nothing to restore/);
    await expect(
      restore({ email: 'ap@acme.test' }, await aContext(where, { role: 'viewer', email: 'rep@us.test' })),
    ).rejects.toThrow(/viewer/);
    expect(await restore({ email: 'AP@acme.test ' }, collector)).toMatchObject({ customerIds: [acme] });
    expect((await contact())[0]?.bounced_on).toBeNull();
    expect((await events()).at(-1)?.summary).toMatch(/^ap@acme.test is written to again/);
    await read(aMail({ subject: 'STOP' }));
    await expect(restore({ email: 'ap@acme.test' }, collector)).rejects.toThrow(/nothing to restore/);
    expect((await contact())[0]?.opted_out_on).not.toBeNull();
  });

  test.each<[string, Partial<IncomingMail>, boolean]>([
    ['to the unsubscribe address', { to: ['leave@us.test'], subject: 'whatever' }, true],
    ['with the subject "unsubscribe"', { subject: 'Unsubscribe' }, true],
    ['that answers STOP!', { subject: 'Re: RE: STOP!' }, true],
    ['in German', { subject: 'Abmelden' }, true],
    ['that only mentions it', { subject: 'Please stop the shipment of INV-1' }, false],
    ['with an empty subject', { subject: null }, false],
  ])('a mail %s opts out, or does not', async (_, over, out) => {
    await begin();
    const result = await read(aMail(over));
    expect(result.optedOut).toEqual(out ? ['ap@acme.test'] : []);
    expect((await contact())[0]?.opted_out_on).toBe(out ? '2026-11-25' : null);
  });

  test('a wish from an unknown address in a known conversation stops all mail until a person looks', async () => {
    await begin();
    const first = aMail();
    await read(first);
    await read(aMail({ from: 'boss@acme.test', inReplyTo: first.messageId, subject: 'stop' }));
    const holds = await rows(z.object({ reason: z.string() }), 'select reason from hold');
    expect(holds).toEqual([{ reason: 'boss@acme.test, who is no known contact, asked for no more mail' }]);
    await read(aMail({ from: 'stranger@else.test', subject: 'stop' }));
    expect(await rows(z.object({ id: z.coerce.number() }), 'select id from hold')).toHaveLength(1);
  });

  test('our own copy in the inbox is no answer', async () => {
    await begin();
    await read(aMail({ from: 'ar@us.test', to: ['ap@acme.test'], subject: 'stop' }));
    expect(await messages()).toMatchObject([{ direction: 'out', customer_id: acme }]);
    expect((await contact())[0]?.opted_out_on).toBeNull();
  });

  test('a mail that cannot be taken holds up no other', async () => {
    await begin();
    const result = await read(aMail({ from: '' }), aMail());
    expect(result).toMatchObject({ read: 2, recorded: 1 });
    expect(result.skipped).toHaveLength(1);
  });

  test('an empty inbox makes no source; one that was read does, and is read on from there', async () => {
    await begin();
    const sources = () => rows(z.object({ source: z.string() }), 'select source from source_sync');
    await read();
    expect(await sources()).toEqual([]);
    await read(aMail());
    expect(await sources()).toEqual([{ source: 'mail' }]);
    let since: Date | null = null;
    await createReadInbox({
      database,
      clock,
      mailbox: {
        async *listIncoming(from) {
          since = from;
          yield* [];
        },
      },
    })(where.tenantId);
    expect(since).toEqual(new Date('2026-11-23T15:00:00Z'));
  });

  test('mail in Sent that nobody knows is recorded once as written to the customer', async () => {
    await begin();
    const sent: SentMail = {
      messageId: '<by-hand@us.test>',
      to: ['ap@acme.test'],
      subject: 'Your invoice',
      sentAt: '2026-11-23T09:00:00Z',
    };
    const reconcile = createReconcileSent({ database, clock, mailbox: holding([], [sent]) });
    const since = new Date('2026-11-20');
    expect(await reconcile(where.tenantId, since)).toEqual({
      compared: 1,
      recorded: [{ messageId: '<by-hand@us.test>', customerId: acme }],
      lookedUp: [],
    });
    expect((await reconcile(where.tenantId, since)).recorded).toEqual([]);
    expect(await events()).toEqual([
      { kind: 'chased', day: '2026-11-23', summary: 'Written to: Your invoice' },
    ]);
  });
});
