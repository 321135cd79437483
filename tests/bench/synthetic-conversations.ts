/** What was said about a synthetic ledger, for benchmarks of chasing: contacts, a year of messages, chases, promises. */
import type { Sql } from '../../src/store/transaction.ts';

const statements: string[] = [
  `insert into contact (tenant_id, source, external_id, customer_id, name, email, role, is_primary)
   select $1, 'csv', 'K' || c.id || '-' || n, c.id, 'Contact ' || n, 'c' || c.id || 'n' || n || '@customer.test',
     (array['Accounts payable', 'Controller'])[n], n = 1
   from customer c, generate_series(1, 2) n where c.tenant_id = $1`,
  `insert into message_thread (tenant_id, customer_id, subject) select $1, id, 'Invoices' from customer where tenant_id = $1`,
  `insert into message (tenant_id, source, external_id, thread_id, customer_id, direction, sent_at, from_address, subject, body)
   select $1, 'mail', 'm' || t.customer_id || '-' || n, t.id, t.customer_id,
     case when (t.customer_id + n) % 3 = 0 then 'in' else 'out' end,
     $2::date - n * 17 - (t.customer_id % 5)::int + time '10:00', 'a@b.test', 'Invoices', repeat('lorem ipsum ', 60)
   from message_thread t, generate_series(1, 10) n where t.tenant_id = $1`,
  `insert into timeline_event (tenant_id, source, external_id, customer_id, kind, happened_on, happened_at, summary, detail)
   select $1, 'remy', 'said-' || m.id, m.customer_id, case m.direction when 'in' then 'replied' else 'chased' end,
     m.sent_at::date, m.sent_at, 'Said', '{"stepId": "second"}'
   from message m where m.tenant_id = $1`,
  `insert into promise (tenant_id, customer_id, currency, amount_minor, made_on, pay_on, method, recorded_by)
   select $1, c.id, c.currency, 500000, $2::date - n * 60, $2::date - n * 60 + 12, 'wire', 'bench'
   from customer c, generate_series(1, 3) n where c.tenant_id = $1 and c.id % 4 = 0`,
  `insert into hold (tenant_id, customer_id, reason, placed_by, from_on, until_on)
   select $1, id, 'legal talks', 'bench', $2::date - 5, $2::date + 5 from customer where tenant_id = $1 and id % 50 = 0`,
  `insert into payment (tenant_id, source, external_id, received_on, currency, amount_minor, unapplied_minor, payer_name, customer_id)
   select $1, 'bank', 'U' || id, $2::date - (id % 20)::int, currency, 123456, 123456, name,
     case when id % 2 = 0 then id end from customer where tenant_id = $1 and id % 25 = 0`,
];

/** About twenty rows a customer. */
export async function fillConversations(sql: Sql, today: string): Promise<void> {
  for (const text of statements)
    await sql.run(text, text.includes('$2') ? [sql.tenantId, today] : [sql.tenantId]);
}
