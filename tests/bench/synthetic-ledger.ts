/** A large ledger made inside the database, for benchmarks: one customer for 100 invoices, about a tenth open. */
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';

const NAMES = {
  first: [
    'Harbor',
    'Granite',
    'Silver',
    'Northern',
    'Copper',
    'Meadow',
    'Summit',
    'Cedar',
    'Falcon',
    'Juniper',
  ],
  second: [
    'Metals',
    'Foods',
    'Textiles',
    'Robotics',
    'Logistics',
    'Glass',
    'Paper',
    'Optics',
    'Energy',
    'Tools',
  ],
};

const statements = (invoices: number): [string, unknown[]][] => {
  const customers = Math.max(10, Math.floor(invoices / 100));
  return [
    [
      `insert into customer (tenant_id, source, external_id, name, base_name, currency, terms_days, owner_email, segment, country, region)
       select $1, 'csv', 'C' || i, n || ' Inc', lower(n), (array['USD','USD','USD','EUR','GBP'])[1 + i % 5], 30,
         'rep' || (i % 8) || '@example.com', (array['Enterprise','Mid-market','SMB'])[1 + i % 3],
         (array['US','CA','US','DE','GB'])[1 + i % 5], (array['AMER','AMER','AMER','EMEA','EMEA'])[1 + i % 5]
       from (select i, ($2::text[])[1 + i % 10] || ' ' || ($3::text[])[1 + (i / 10) % 10] || ' ' || i as n
             from generate_series(1, $4::int) i) g`,
      [NAMES.first, NAMES.second, customers],
    ],
    [
      `insert into invoice (tenant_id, source, external_id, number, customer_id, issued_on, due_on, currency, amount_minor, open_minor, status, paid_on)
       select $1, 'csv', 'INV-' || i, 'INV-' || i, c.id, issued, issued + 30, c.currency, amount,
         case when still then amount else 0 end, case when still then 'open' else 'paid' end,
         case when still then null else least(issued + 25 + (h % 30), $2::date) end
       from (select i, hashint4(i) & 1023 as h, $2::date - (540 - (i::bigint * 540 / $3)::int) as issued,
               10000 + (hashint4(i + 7) & 1048575) as amount from generate_series(1, $3::int) i) g
       cross join lateral (select h < case when issued > $2::date - 45 then 820 when issued > $2::date - 120 then 100 else 12 end as still) s
       cross join (select array_agg(id order by id) as ids from customer where tenant_id = $1) a
       join customer c on c.tenant_id = $1 and c.id = a.ids[1 + i % $4]`,
      ['TODAY', invoices, customers],
    ],
    [
      `insert into payment (tenant_id, source, external_id, received_on, currency, amount_minor, unapplied_minor, payer_name, customer_id)
       select $1, 'csv', 'P' || id, paid_on, currency, amount_minor, 0, 'payer', customer_id
       from invoice where tenant_id = $1 and status = 'paid'`,
      [],
    ],
    [
      `insert into application (tenant_id, source, external_id, payment_id, invoice_id, currency, amount_minor, applied_on)
       select $1, 'csv', 'A' || i.id, p.id, i.id, i.currency, i.amount_minor, i.paid_on
       from payment p join invoice i on i.tenant_id = $1 and i.id = substr(p.external_id, 2)::bigint
       where p.tenant_id = $1`,
      [],
    ],
    [
      `insert into dispute (tenant_id, customer_id, invoice_id, reason, currency, amount_minor, owner, opened_on)
       select $1, customer_id, id, 'price', currency, open_minor, 'ops@example.com', due_on + 5
       from invoice where tenant_id = $1 and status = 'open' and due_on < $2::date - 10 and id % 20 = 0`,
      ['TODAY'],
    ],
    [
      `insert into promise (tenant_id, customer_id, currency, amount_minor, made_on, pay_on, recorded_by)
       select $1, customer_id, currency, open_minor, $2::date - 5, $2::date - 2 + (id % 9)::int, 'bench'
       from invoice where tenant_id = $1 and status = 'open' and due_on < $2::date - 5 and id % 40 = 0`,
      ['TODAY'],
    ],
    [
      `insert into timeline_event (tenant_id, source, external_id, customer_id, kind, happened_on, happened_at, summary)
       select $1, 'remy', 'chase-' || id, id, 'chased', $2::date - (id % 40)::int, $2::date - (id % 40)::int, 'Reminder'
       from customer where tenant_id = $1 and id % 3 <> 0`,
      ['TODAY'],
    ],
  ];
};

/** Fills the tenant; `today` is the newest issue day. Vacuums and analyses as autovacuum would. */
export async function fillSyntheticLedger(
  database: Database,
  tenantId: number,
  invoices: number,
  today: string,
): Promise<void> {
  for (const [text, values] of statements(invoices))
    await inTenant(database.pool, tenantId, (sql) =>
      sql.run(text, [tenantId, ...values.map((value) => (value === 'TODAY' ? today : value))]),
    );
  await database.pool.query(
    `insert into source_sync (tenant_id, source, synced_at) values (${tenantId}, 'csv', now()) on conflict do nothing`,
  );
  await database.pool.query('vacuum analyze');
}
