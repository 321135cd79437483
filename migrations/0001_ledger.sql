-- The ledger of every tenant: who owes what, what came in, what was put on what, and what was said about it.
-- Units: *_minor are whole minor units of `currency` (ISO 4217); days are calendar days without a time zone.
-- Rules live here as checks and unique keys, so that no code path can break them. Locks: new tables only.

create extension if not exists pg_trgm;
create extension if not exists vector;

-- Work on tenant rows runs under this plain role (set local role), never under the login role, which may bypass
-- row-level security. Roles belong to the whole server: another database may have made it already.
do $$ begin
  create role remy_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  execute format('grant remy_app to %I', current_user);
exception when others then null; -- a superuser needs no membership
end $$;
grant usage on schema public to remy_app;

-- The tenant of the running transaction; null when none is set (after a transaction the setting reads '').
create function current_tenant() returns int language sql stable as
  $$ select nullif(current_setting('app.tenant', true), '')::int $$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: write a reversal or a new row instead', tg_table_name
    using errcode = 'restrict_violation';
end $$;

create table tenant (
  id int generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  is_demo boolean not null default false,
  created_at timestamptz not null default now()
);

create table app_user (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  email text not null check (email = lower(email) and email like '%_@_%'),
  name text,
  role text not null check (role in ('viewer', 'collector', 'approver', 'controller', 'admin')),
  approval_limit_minor bigint check (approval_limit_minor >= 0),
  approval_limit_currency char(3),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, email),
  check ((approval_limit_minor is null) = (approval_limit_currency is null))
);

create table customer (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  source text not null,
  external_id text not null,
  name text not null check (name <> ''),
  base_name text not null, -- folded, without legal form: what an exact name match compares
  parent_id bigint,
  currency char(3),
  terms_days int check (terms_days between 0 and 3650),
  owner_email text check (owner_email = lower(owner_email)),
  segment text,
  language text,
  timezone text,
  country char(2),
  region text check (region in ('AMER', 'EMEA', 'APAC')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, source, external_id),
  foreign key (tenant_id, parent_id) references customer,
  check (parent_id <> id)
);
create index customer_by_base_name on customer (tenant_id, base_name);
create index customer_by_parent on customer (tenant_id, parent_id) where parent_id is not null;
create index customer_by_owner on customer (tenant_id, owner_email);
create index customer_name_trgm on customer using gin (base_name gin_trgm_ops);

create table customer_alias (
  tenant_id int not null references tenant,
  customer_id bigint not null,
  alias text not null check (alias <> ''), -- folded like customer.base_name
  origin text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, alias, customer_id),
  foreign key (tenant_id, customer_id) references customer
);

create table contact (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  source text not null,
  external_id text not null,
  customer_id bigint not null,
  name text,
  email text check (email = lower(email)),
  role text,
  is_primary boolean not null default false,
  bounced_on date,
  opted_out_on date,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, source, external_id),
  foreign key (tenant_id, customer_id) references customer,
  check (name is not null or email is not null)
);
create index contact_by_customer on contact (tenant_id, customer_id);

-- open_minor is kept by whoever writes applications: amount less applications, credits and adjustments; where the
-- source gives its own open amount, the source is right. paid_on is the day it became fully paid, when known.
create table invoice (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  source text not null,
  external_id text not null,
  number text not null check (number <> ''),
  customer_id bigint not null,
  issued_on date not null,
  due_on date not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor >= 0),
  open_minor bigint not null,
  status text not null check (status in ('open', 'paid', 'void')),
  paid_on date,
  po_number text,
  description text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, source, external_id),
  foreign key (tenant_id, customer_id) references customer,
  check (open_minor between 0 and amount_minor),
  check ((status = 'open') = (open_minor > 0)),
  check (paid_on is null or status = 'paid')
);
create index invoice_by_number on invoice (tenant_id, upper(number));
create index invoice_by_customer on invoice (tenant_id, customer_id, due_on);
create index invoice_open on invoice (tenant_id, due_on)
  include (customer_id, currency, open_minor, amount_minor, issued_on, id) where status = 'open';
create index invoice_by_issued on invoice (tenant_id, issued_on) include (currency, amount_minor, status);

create table credit (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  source text not null,
  external_id text not null,
  number text not null check (number <> ''),
  customer_id bigint not null,
  issued_on date not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor >= 0),
  open_minor bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, source, external_id),
  foreign key (tenant_id, customer_id) references customer,
  check (open_minor between 0 and amount_minor)
);
create index credit_by_customer on credit (tenant_id, customer_id);

create table payment (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  source text not null,
  external_id text not null,
  received_on date not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  unapplied_minor bigint not null,
  payer_name text,
  payer_account text,
  reference text,
  method text,
  customer_id bigint,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, source, external_id),
  foreign key (tenant_id, customer_id) references customer,
  check (unapplied_minor between 0 and amount_minor)
);
create index payment_by_customer on payment (tenant_id, customer_id, received_on);
create index payment_unapplied on payment (tenant_id, received_on) where unapplied_minor > 0;
create index payment_by_received on payment (tenant_id, received_on) include (currency, amount_minor);

-- Money put on an invoice. Never edited: a correction is a row that reverses another one, so sums are always right.
create table application (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  source text not null,
  external_id text not null,
  payment_id bigint,
  credit_id bigint,
  invoice_id bigint not null,
  currency char(3) not null,
  amount_minor bigint not null,
  applied_on date not null,
  reverses_id bigint,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, source, external_id),
  unique (tenant_id, reverses_id),
  foreign key (tenant_id, payment_id) references payment,
  foreign key (tenant_id, credit_id) references credit,
  foreign key (tenant_id, invoice_id) references invoice,
  foreign key (tenant_id, reverses_id) references application,
  check (num_nonnulls(payment_id, credit_id) = 1),
  check ((reverses_id is null and amount_minor > 0) or (reverses_id is not null and amount_minor < 0))
);
create index application_by_invoice on application (tenant_id, invoice_id, applied_on) include (amount_minor);
create index application_by_payment on application (tenant_id, payment_id) include (amount_minor);
create index application_by_day on application (tenant_id, applied_on) include (currency, amount_minor);

-- The explained part of a difference between payment and invoice. Reversed like an application.
create table adjustment (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  invoice_id bigint not null,
  payment_id bigint,
  kind text not null check (kind in ('bank_fee', 'early_payment_discount', 'withholding_tax', 'write_off', 'fx')),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor <> 0),
  booked_on date not null,
  reason text,
  reverses_id bigint,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, reverses_id),
  foreign key (tenant_id, invoice_id) references invoice,
  foreign key (tenant_id, payment_id) references payment,
  foreign key (tenant_id, reverses_id) references adjustment
);
create index adjustment_by_invoice on adjustment (tenant_id, invoice_id);

-- open, kept, partly kept and broken follow from the money that came in and the day (policy P-6); only a withdrawal
-- is stored.
create table promise (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  customer_id bigint not null,
  contact_id bigint,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  made_on date not null,
  pay_on date not null,
  method text check (method in ('card', 'ach', 'wire', 'cheque', 'other')),
  quote text,
  recorded_by text not null,
  withdrawn_on date,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer,
  foreign key (tenant_id, contact_id) references contact,
  check (pay_on >= made_on)
);
create index promise_by_customer on promise (tenant_id, customer_id);
create index promise_by_day on promise (tenant_id, pay_on);

create table promise_invoice (
  tenant_id int not null references tenant,
  promise_id bigint not null,
  invoice_id bigint not null,
  primary key (tenant_id, promise_id, invoice_id),
  foreign key (tenant_id, promise_id) references promise,
  foreign key (tenant_id, invoice_id) references invoice
);
create index promise_invoice_by_invoice on promise_invoice (tenant_id, invoice_id);

create table dispute (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  customer_id bigint not null,
  invoice_id bigint not null,
  line_number int check (line_number > 0),
  reason text not null check (reason in ('price', 'quantity', 'quality', 'not_received', 'wrong_po', 'duplicate',
    'tax', 'already_credited', 'contract', 'other')),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  owner text,
  opened_on date not null,
  due_on date,
  resolved_on date,
  resolution text,
  quote text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer,
  foreign key (tenant_id, invoice_id) references invoice,
  check (resolved_on >= opened_on)
);
create index dispute_by_invoice on dispute (tenant_id, invoice_id);
create index dispute_by_customer on dispute (tenant_id, customer_id);
create unique index dispute_open_once on dispute (tenant_id, invoice_id, reason, coalesce(line_number, 0))
  where resolved_on is null;

-- Chasing is stopped for a customer, or for one invoice, from a day until a day (or until lifted).
create table hold (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  customer_id bigint not null,
  invoice_id bigint,
  reason text not null,
  placed_by text not null,
  from_on date not null,
  until_on date,
  lifted_on date,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer,
  foreign key (tenant_id, invoice_id) references invoice,
  check (until_on >= from_on)
);
create index hold_by_customer on hold (tenant_id, customer_id);

create table message_thread (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  customer_id bigint,
  subject text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer
);

create table message (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  source text not null,
  external_id text not null, -- RFC 5322 Message-ID
  thread_id bigint,
  customer_id bigint,
  contact_id bigint,
  direction text not null check (direction in ('in', 'out')),
  sent_at timestamptz not null,
  from_address text not null,
  to_addresses text[] not null default '{}',
  subject text,
  body text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, source, external_id),
  foreign key (tenant_id, thread_id) references message_thread,
  foreign key (tenant_id, customer_id) references customer,
  foreign key (tenant_id, contact_id) references contact
);
create index message_by_customer on message (tenant_id, customer_id, sent_at);

-- What happened to an invoice or a customer, in the order it happened. Append-only.
create table timeline_event (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  source text not null,
  external_id text not null,
  customer_id bigint not null,
  invoice_id bigint,
  kind text not null check (kind in ('issued', 'delivered', 'viewed', 'chased', 'replied', 'called', 'promised',
    'promise_withdrawn', 'disputed', 'dispute_resolved', 'held', 'hold_lifted', 'paid', 'partly_paid', 'credited',
    'refunded', 'reversed', 'voided', 'escalated', 'note')),
  happened_on date not null,
  happened_at timestamptz not null,
  actor text,
  summary text not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, source, external_id),
  foreign key (tenant_id, customer_id) references customer,
  foreign key (tenant_id, invoice_id) references invoice
);
create index timeline_by_customer on timeline_event (tenant_id, customer_id, happened_at);
create index timeline_by_invoice on timeline_event (tenant_id, invoice_id) where invoice_id is not null;
create index timeline_by_kind on timeline_event (tenant_id, kind, happened_on);

-- Who did what, in a chain of hashes: any later edit, deletion or reordering shows. Append-only.
create table audit (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  at timestamptz not null default now(),
  actor text not null,
  act text not null,
  detail jsonb not null default '{}',
  previous_hash bytea,
  hash bytea not null,
  primary key (tenant_id, id),
  unique (tenant_id, previous_hash)
);

-- When each source last told us something; every answer says how fresh its figures are.
create table source_sync (
  tenant_id int not null references tenant,
  source text not null,
  synced_at timestamptz not null,
  detail jsonb not null default '{}',
  primary key (tenant_id, source)
);

-- One row for each message of a chat thread: handled one at a time and in order, over any number of processes.
-- Whoever waits or runs keeps its lease alive; a turn whose lease ran out was left by a process that is gone.
create table chat_turn (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  thread text not null,
  user_id bigint not null,
  text text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  lease_until timestamptz,
  answer jsonb,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references app_user,
  check ((state in ('waiting', 'running')) = (lease_until is not null))
);
create unique index chat_turn_one_running on chat_turn (tenant_id, thread) where state = 'running';
create index chat_turn_by_thread on chat_turn (tenant_id, thread, id);

-- Every figure that was answered, as the typed question behind it: "show rows" and "how was this computed" read it.
create table figure (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  thread text not null,
  user_id bigint not null,
  tool text not null,
  input jsonb not null,
  as_of date not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references app_user
);
create index figure_by_thread on figure (tenant_id, thread, id);

-- Row-level security on every table that has a tenant, forced on the owner too.
do $$
declare t text;
begin
  for t in select table_name from information_schema.columns
           where table_schema = 'public' and column_name = 'tenant_id' loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update, delete on %I to remy_app', t);
  end loop;
  foreach t in array array['application', 'adjustment', 'timeline_event', 'audit', 'figure'] loop
    execute format('revoke update, delete on %I from remy_app', t);
    execute format('create trigger append_only before update or delete on %I for each row execute function refuse_change()', t);
    execute format('create trigger append_only_whole before truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;

alter table tenant enable row level security;
create policy own_tenant on tenant to remy_app using (id = current_tenant());
grant select on tenant to remy_app;

-- Policy P-6: what became of each promise on a day. Money counts when it was put on the promise's invoices (on any
-- invoice of the customer where it names none) from the day it was made until its deadline: the promised day, the
-- clearing days of the method (card 0, wire 2, ach and unknown 3, cheque 14) and one day of grace.
create function promise_state(as_of date)
  returns table (tenant_id int, promise_id bigint, deadline date, received_minor bigint, state text)
  language sql stable as $$
  select p.tenant_id, p.id, d.deadline, r.received_minor,
    case when p.withdrawn_on <= as_of then 'withdrawn'
         when r.received_minor >= p.amount_minor then 'kept'
         when as_of <= d.deadline then 'open'
         when r.received_minor > 0 then 'partly_kept'
         else 'broken' end
  from promise p
  cross join lateral (select p.pay_on + 1
    + case p.method when 'card' then 0 when 'wire' then 2 when 'cheque' then 14 else 3 end as deadline) d
  cross join lateral (
    select coalesce(sum(a.amount_minor), 0)::bigint as received_minor
    from application a join invoice i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
    where i.tenant_id = p.tenant_id and i.customer_id = p.customer_id and i.currency = p.currency
      and a.payment_id is not null and a.applied_on between p.made_on and least(as_of, d.deadline)
      and (not exists (select from promise_invoice x where x.tenant_id = p.tenant_id and x.promise_id = p.id)
        or exists (select from promise_invoice x
          where x.tenant_id = p.tenant_id and x.promise_id = p.id and x.invoice_id = i.id))
  ) r
  where p.made_on <= as_of
$$;
