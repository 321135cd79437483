-- Cash: what the bank booked, which money it is, on which invoices it was put and why, and what left again.
-- Units: *_minor are whole minor units of `currency`; days are calendar days.
-- Locks: new tables; short locks on payment, application, adjustment and proposal for new columns and checks, and one
-- index build over each of invoice and credit.

-- A file that was read; its hash tells that the same one comes again.
create table bank_file (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  format text not null,
  lines_count int not null check (lines_count >= 0),
  read_by text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, sha256)
);

-- How the CSV of a bank is read, once a person said that it is right. `signature` is the folded header.
create table bank_csv_map (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  signature text not null,
  map jsonb not null,
  confirmed_by text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index bank_csv_map_newest on bank_csv_map (tenant_id, signature, id desc);

-- Written before its lines, the file itself only after the last of them: so an import that was cut short goes on.
create table bank_statement (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  ordinal int not null check (ordinal > 0), -- place in its file
  format text not null,
  account text not null,
  currency char(3) not null,
  number text,
  from_on date,
  to_on date,
  opening_minor bigint, -- below zero: overdrawn
  closing_minor bigint,
  difference_minor bigint, -- opening + lines - closing; null: a balance is missing
  warnings jsonb not null default '[]',
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, file_sha256, ordinal)
);

-- One booking of an account. `key` is made from what the bank says of it, so that the same booking in another file is
-- the same row. What it says never changes; what it was found to be (payment, return) is set later.
create table bank_line (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  statement_id bigint not null,
  account text not null,
  key text not null,
  interim boolean not null, -- from an intraday report or a notification: a statement confirms it
  booked_on date not null,
  value_on date,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  direction text not null check (direction in ('credit', 'debit')),
  reversal boolean not null,
  payer_name text,
  payer_account text,
  reference text,
  end_to_end_id text,
  bank_reference text,
  text text not null,
  code text,
  return_reason text,
  detail jsonb not null default '{}', -- charges, instructed amount, structured remittance
  payment_id bigint, -- the money it is: a payment made from it, or one that was known before; of a debit: what it returns
  part_of bigint, -- the booking of a batch, of which this is one transaction: only one of the two is money
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, account, currency, key),
  foreign key (tenant_id, statement_id) references bank_statement,
  foreign key (tenant_id, payment_id) references payment,
  foreign key (tenant_id, part_of) references bank_line
);
-- Money that came in is counted once, whatever is read how often.
create unique index bank_line_one_payment on bank_line (tenant_id, payment_id) where direction = 'credit';
create index bank_line_by_amount on bank_line (tenant_id, currency, amount_minor, booked_on);
create index bank_line_by_day on bank_line (tenant_id, booked_on);
create index bank_line_by_batch on bank_line (tenant_id, part_of) where part_of is not null;
create index bank_line_unplaced on bank_line (tenant_id, currency, amount_minor, booked_on)
  where payment_id is null and direction = 'credit' and not reversal;

-- The same booking told again: by the statement after its notification, or in another format. Its key adds nothing.
create table bank_line_repeat (
  tenant_id int not null references tenant,
  account text not null,
  currency char(3) not null,
  key text not null,
  line_id bigint not null,
  statement_id bigint not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, account, currency, key),
  foreign key (tenant_id, line_id) references bank_line,
  foreign key (tenant_id, statement_id) references bank_statement
);
create index bank_line_repeat_by_line on bank_line_repeat (tenant_id, line_id);

-- Another source's row of money that is known already: it stands for that payment and is not counted again.
create table payment_sighting (
  tenant_id int not null references tenant,
  source text not null,
  external_id text not null,
  payment_id bigint not null,
  received_on date not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (tenant_id, source, external_id),
  foreign key (tenant_id, payment_id) references payment
);
create index payment_sighting_by_payment on payment_sighting (tenant_id, payment_id);

-- One act of placing money: by matching on its own, or decided by a person. Its applications and adjustments carry its
-- id; taking it back reverses all of them. Only the taking back is written later.
create table cash_match (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  payment_id bigint, -- null: only adjustments, no money
  customer_id bigint,
  origin text not null check (origin in ('auto', 'person')),
  confidence numeric(6, 5) check (confidence between 0 and 1), -- null: a person said so without a suggestion
  solution jsonb not null,
  reasons jsonb not null default '[]',
  proposal_id bigint,
  made_by text not null,
  matched_on date not null,
  created_at timestamptz not null default now(),
  reversed_on date,
  reversed_by text,
  reversed_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment,
  foreign key (tenant_id, customer_id) references customer,
  foreign key (tenant_id, proposal_id) references proposal,
  unique (tenant_id, proposal_id),
  check ((reversed_on is null) = (reversed_by is null))
);
create index cash_match_by_payment on cash_match (tenant_id, payment_id, id);
create index cash_match_by_day on cash_match (tenant_id, matched_on);

alter table application add column match_id bigint;
alter table application add foreign key (tenant_id, match_id) references cash_match;
create index application_by_match on application (tenant_id, match_id) where match_id is not null;
create index application_by_credit on application (tenant_id, credit_id) where credit_id is not null;
alter table adjustment add column match_id bigint;
alter table adjustment add foreign key (tenant_id, match_id) references cash_match;
create index adjustment_by_match on adjustment (tenant_id, match_id) where match_id is not null;
create index adjustment_by_payment on adjustment (tenant_id, payment_id) where payment_id is not null;

-- The part of a payment that left again, or never was a customer's. Never edited: a reversal has the opposite sign.
-- applied + unapplied + returned = the payment's amount.
create table payment_return (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  payment_id bigint not null,
  kind text not null check (kind in ('returned', 'bounced_cheque', 'chargeback', 'refund', 'set_aside')),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor <> 0),
  returned_on date not null,
  bank_line_id bigint, -- the debit that shows it
  reason text,
  made_by text not null,
  reverses_id bigint,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, reverses_id),
  foreign key (tenant_id, payment_id) references payment,
  foreign key (tenant_id, bank_line_id) references bank_line,
  foreign key (tenant_id, reverses_id) references payment_return,
  check ((reverses_id is null) = (amount_minor > 0))
);
create index payment_return_by_payment on payment_return (tenant_id, payment_id);
create index payment_return_by_line on payment_return (tenant_id, bank_line_id) where bank_line_id is not null;

-- Who pays for a customer: learned when a match is confirmed or corrected, unlearned on request or when it is taken
-- back. The newest word counts; old ones stay as provenance.
create table payer_memory (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  kind text not null check (kind in ('name', 'account')),
  key text not null check (key <> ''),
  customer_id bigint not null,
  match_id bigint, -- where it was learned; null: a person said so
  learned_by text not null,
  created_at timestamptz not null default now(),
  unlearned_at timestamptz,
  unlearned_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer,
  foreign key (tenant_id, match_id) references cash_match,
  check ((unlearned_at is null) = (unlearned_by is null))
);
create index payer_memory_by_key on payer_memory (tenant_id, kind, key) where unlearned_at is null;
create index payer_memory_by_customer on payer_memory (tenant_id, customer_id) where unlearned_at is null;
create index payer_memory_key_trgm on payer_memory using gin (key gin_trgm_ops) where kind = 'name' and unlearned_at is null;

-- What a payer says a payment is for. Text from outside: evidence, never an instruction.
create table remittance (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  source text not null, -- `mail`, `file`, `bank`
  external_id text not null,
  customer_id bigint,
  message_id bigint,
  payer_name text,
  currency char(3),
  total text,
  paid_on date,
  payment_reference text,
  lines jsonb not null,
  warnings jsonb not null default '[]',
  payment_id bigint, -- the money it turned out to be about
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, source, external_id),
  foreign key (tenant_id, customer_id) references customer,
  foreign key (tenant_id, message_id) references message,
  foreign key (tenant_id, payment_id) references payment
);
create index remittance_waiting on remittance (tenant_id, id) where payment_id is null;

-- A proposal may now be to place money; it is about a payment, and of a customer where that is known.
alter table proposal add column payment_id bigint;
alter table proposal add foreign key (tenant_id, payment_id) references payment;
alter table proposal drop constraint proposal_kind_check;
alter table proposal add constraint proposal_kind_check check (kind in ('email', 'policy_change', 'application'));
alter table proposal drop constraint proposal_origin_check;
alter table proposal add constraint proposal_origin_check
  check (origin in ('matching', 'cadence', 'chat', 'console', 'command_line'));
alter table proposal drop constraint proposal_check;
alter table proposal drop constraint proposal_check1;
alter table proposal add constraint proposal_about check (case kind
  when 'email' then customer_id is not null and currency is not null and amount_minor is not null and payment_id is null
  when 'policy_change' then num_nonnulls(customer_id, currency, amount_minor, payment_id) = 0
  else currency is not null and amount_minor is not null end);
create unique index proposal_one_placing on proposal (tenant_id, payment_id)
  where kind = 'application' and state in ('pending', 'snoozed', 'approved');
grant update (customer_id) on proposal to remy_app;

alter table policy_version drop constraint policy_version_kind_check;
alter table policy_version add constraint policy_version_kind_check check (kind in ('cadence', 'company', 'cash'));

-- Candidates are looked up, never scanned for: by what is open, and by the digits of their number.
create index invoice_open_amount on invoice (tenant_id, currency, open_minor) where status = 'open';
create index credit_open on credit (tenant_id, customer_id) where open_minor > 0;
create index payment_by_amount on payment (tenant_id, currency, amount_minor, received_on);

-- The digits of a number without leading zeros: payers leave out prefixes, dashes and zeros.
create index invoice_by_po_digits on invoice (tenant_id, ltrim(regexp_replace(po_number, '\D', '', 'g'), '0'))
  where po_number is not null;
create index credit_by_digits on credit (tenant_id, ltrim(regexp_replace(number, '\D', '', 'g'), '0'));

do $$
declare t text;
begin
  foreach t in array array['bank_file', 'bank_csv_map', 'bank_statement', 'bank_line', 'bank_line_repeat', 'payment_sighting',
                           'cash_match', 'payment_return', 'payer_memory', 'remittance'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to remy_app', t);
    execute format('create trigger append_only_whole before truncate on %I for each statement execute function refuse_change()', t);
  end loop;
  foreach t in array array['bank_file', 'bank_csv_map', 'bank_statement', 'bank_line_repeat', 'payment_sighting', 'payment_return'] loop
    execute format('create trigger append_only before update or delete on %I for each row execute function refuse_change()', t);
  end loop;
  -- what was said stays; what was found out later may be written
  grant update (payment_id, interim, part_of) on bank_line to remy_app;
  grant update (reversed_on, reversed_by, reversed_reason) on cash_match to remy_app;
  grant update (unlearned_at, unlearned_by) on payer_memory to remy_app;
  grant update (payment_id, customer_id) on remittance to remy_app;
end $$;
