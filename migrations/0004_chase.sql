-- Chasing: what is proposed to leave, who decided what on exactly which content, and what left.
-- Units: *_minor are whole minor units of `currency`; days are calendar days; `digest` is SHA-256 in hex over the
-- canonical text of a revision's content.
-- The chain of keys below is the guard: an effect needs a final decision on exactly its digest, a decision needs a
-- stored revision with that digest, and neither can be changed afterwards. Locks: new tables and one new column only.

-- Remy itself acts as a user that can never decide.
alter table app_user add column is_bot boolean not null default false;

-- Cadence and company settings as whole documents; the newest of a kind is in force. Append-only: what was in force
-- on any day can be shown.
create table policy_version (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  kind text not null check (kind in ('cadence', 'company')),
  data jsonb not null,
  made_by text not null,
  proposal_id bigint,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index policy_newest on policy_version (tenant_id, kind, id desc);

create table proposal (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  key uuid not null default gen_random_uuid(), -- made once; everything that leaves carries it
  kind text not null check (kind in ('email', 'policy_change')),
  origin text not null check (origin in ('cadence', 'chat', 'console', 'command_line')),
  customer_id bigint,
  currency char(3),
  amount_minor bigint check (amount_minor >= 0),
  state text not null default 'pending' check (state in
    ('pending', 'snoozed', 'approved', 'done', 'rejected', 'stale', 'expired', 'replaced', 'failed')),
  revision int not null default 1 check (revision > 0), -- the newest one: the only one that can be decided on
  approvals_needed int not null default 1 check (approvals_needed between 1 and 5),
  risk_flags text[] not null default '{}',
  made_by text not null,
  made_by_user bigint not null,
  snoozed_until date,
  expires_at timestamptz not null,
  state_reason text, -- in words: why it is stale, rejected, failed
  replaced_by bigint,
  thread text, -- the conversation it was asked for in
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, key),
  foreign key (tenant_id, customer_id) references customer,
  foreign key (tenant_id, made_by_user) references app_user,
  foreign key (tenant_id, replaced_by) references proposal,
  check ((kind = 'email') = (customer_id is not null)),
  check ((customer_id is null) = (currency is null) and (currency is null) = (amount_minor is null)),
  check ((state = 'snoozed') = (snoozed_until is not null))
);
alter table policy_version add foreign key (tenant_id, proposal_id) references proposal;
create index proposal_by_state on proposal (tenant_id, state, id);
create index proposal_by_customer on proposal (tenant_id, customer_id, id);
-- One email to a customer and currency at a time: a second draft replaces the first or is refused.
create unique index proposal_one_live on proposal (tenant_id, customer_id, currency)
  where kind = 'email' and state in ('pending', 'snoozed', 'approved');

-- The frozen content, one row each time it changed. Append-only.
create table proposal_revision (
  tenant_id int not null references tenant,
  proposal_id bigint not null,
  revision int not null check (revision > 0),
  content jsonb not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  -- what was known when it was written: newest message, payment, sync; compared again before sending
  evidence jsonb not null default '{}',
  made_by text not null,
  made_by_user bigint not null,
  instruction text, -- the wish it followed, such as "firmer, cc their controller"
  model text not null, -- `templates` or the model that wrote the prose
  prompt_version text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, proposal_id, revision),
  unique (tenant_id, proposal_id, revision, digest),
  foreign key (tenant_id, proposal_id) references proposal,
  foreign key (tenant_id, made_by_user) references app_user
);

create table proposal_attachment (
  tenant_id int not null references tenant,
  proposal_id bigint not null,
  revision int not null,
  name text not null,
  mime text not null,
  bytes bytea not null check (length(bytes) between 1 and 10000000),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  primary key (tenant_id, proposal_id, revision, name),
  foreign key (tenant_id, proposal_id, revision) references proposal_revision
);

-- One person's word on one revision. Append-only. `final` is the one that lets the effect go or ends the proposal.
create table decision (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  proposal_id bigint not null,
  revision int not null,
  digest text not null,
  kind text not null check (kind in ('approve', 'reject', 'snooze', 'undo')),
  final boolean not null,
  user_id bigint not null,
  user_email text not null,
  user_role text not null,
  via text not null,
  reason text,
  until_on date,
  decided_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, id, proposal_id, revision, digest, kind, final),
  unique (tenant_id, proposal_id, revision, user_id, kind),
  foreign key (tenant_id, proposal_id, revision, digest)
    references proposal_revision (tenant_id, proposal_id, revision, digest),
  foreign key (tenant_id, user_id) references app_user,
  check ((kind = 'snooze') = (until_on is not null))
);
create unique index decision_one_final on decision (tenant_id, proposal_id, revision)
  where final and kind in ('approve', 'reject', 'snooze');

-- An approved act on its way out: one row and one key, made before the first try.
create table effect (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  key uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('email', 'policy_change')),
  proposal_id bigint not null,
  revision int not null,
  digest text not null,
  decision_id bigint not null,
  decision_kind text not null default 'approve' check (decision_kind = 'approve'), -- what the key below insists on
  decision_final boolean not null default true check (decision_final),
  message_id text, -- Message-ID of the email, by which an unknown outcome is looked up
  state text not null default 'ready' check (state in
    ('ready', 'sending', 'unknown', 'sent', 'void', 'cancelled', 'dead')),
  not_before timestamptz not null,
  expires_at timestamptz not null,
  attempts int not null default 0,
  failures int not null default 0, -- refusals and faults of our own; too many end in `dead`
  tried_at timestamptz, -- when the last try began
  fence int not null default 0, -- rises with every claim: a late worker's write does not fit any more
  claimed_by text,
  lease_until timestamptz,
  error text,
  receipt jsonb, -- everything that was looked at before sending, and what the provider said
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, key),
  unique (tenant_id, message_id),
  unique (tenant_id, proposal_id, revision),
  foreign key (tenant_id, decision_id, proposal_id, revision, digest, decision_kind, decision_final)
    references decision (tenant_id, id, proposal_id, revision, digest, kind, final),
  check ((state in ('sending')) = (lease_until is not null)),
  check ((state in ('sent', 'void', 'cancelled', 'dead')) = (finished_at is not null)),
  check ((kind = 'email') = (message_id is not null))
);
create index effect_due on effect (tenant_id, not_before) where state in ('ready', 'sending', 'unknown');

-- The only moves there are. What was sent, voided or taken back stays so; a claim is never given back in time.
create function effect_moves() returns trigger language plpgsql as $$
begin
  if new.fence < old.fence or new.attempts < old.attempts then
    raise exception 'the fence of effect % cannot go back', old.id using errcode = 'restrict_violation';
  end if;
  if new.state <> old.state and not (new.state = any (case old.state
      when 'ready' then array['sending', 'sent', 'unknown', 'void', 'cancelled', 'dead']
      when 'sending' then array['sent', 'unknown', 'ready', 'dead']
      when 'unknown' then array['sent', 'ready', 'dead']
      when 'dead' then array['ready']
      else array[]::text[] end)) then
    raise exception 'effect % cannot go from % to %', old.id, old.state, new.state using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger effect_moves before update on effect for each row execute function effect_moves();

-- A proposal that ended stays ended; one that could not be sent can be put on its way again.
create function proposal_moves() returns trigger language plpgsql as $$
begin
  if new.revision < old.revision then
    raise exception 'proposal % cannot go back to revision %', old.id, new.revision using errcode = 'restrict_violation';
  end if;
  if new.state <> old.state and not (new.state = any (case old.state
      when 'pending' then array['snoozed', 'approved', 'rejected', 'stale', 'expired', 'replaced']
      when 'snoozed' then array['pending', 'rejected', 'stale', 'expired', 'replaced']
      when 'approved' then array['pending', 'done', 'stale', 'failed']
      when 'failed' then array['approved']
      else array[]::text[] end)) then
    raise exception 'proposal % cannot go from % to %', old.id, old.state, new.state using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger proposal_moves before update on proposal for each row execute function proposal_moves();

-- Work handed to a person: a call, or an account handed over to its owner, to sales, to a manager or to legal.
create table task (
  tenant_id int not null references tenant,
  id bigint generated always as identity,
  key text not null, -- the same step of the same case makes one task
  customer_id bigint not null,
  currency char(3),
  amount_minor bigint check (amount_minor >= 0),
  kind text not null check (kind in ('call', 'owner', 'sales', 'manager', 'legal')),
  assignee text, -- email; null: whoever has the role
  title text not null,
  context jsonb not null default '{}',
  due_on date not null,
  veto_until timestamptz, -- until then the account's owner can stop a hand-over
  state text not null default 'open' check (state in ('veto_window', 'open', 'done', 'vetoed')),
  closed_by text,
  closed_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, key),
  foreign key (tenant_id, customer_id) references customer,
  check (state <> 'veto_window' or veto_until is not null)
);
create index task_by_state on task (tenant_id, state, due_on);

-- The digest of a local day, once for each audience ('team', or a person's address). Append-only.
create table digest_post (
  tenant_id int not null references tenant,
  audience text not null,
  local_day date not null,
  content jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, audience, local_day)
);

-- The one open alarm of a tenant: what it did last, so that a missed day is made up for once.
create table daily_run (
  tenant_id int not null references tenant,
  kind text not null check (kind in ('cadence')),
  local_day date not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (tenant_id, kind, local_day)
);

create index audit_by_day on audit (tenant_id, at);
create index message_newest_in on message (tenant_id, customer_id, id) where direction = 'in';
create index payment_newest on payment (tenant_id, customer_id, id);

do $$
declare t text;
begin
  foreach t in array array['policy_version', 'proposal', 'proposal_revision', 'proposal_attachment', 'decision',
                           'effect', 'task', 'digest_post', 'daily_run'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update on %I to remy_app', t);
  end loop;
  foreach t in array array['policy_version', 'proposal_revision', 'proposal_attachment', 'decision', 'digest_post'] loop
    execute format('revoke update on %I from remy_app', t);
    execute format('create trigger append_only before update or delete on %I for each row execute function refuse_change()', t);
    execute format('create trigger append_only_whole before truncate on %I for each statement execute function refuse_change()', t);
  end loop;
  -- who and what it is about never changes, and an effect keeps the decision that caused it
  revoke update on proposal, effect from remy_app;
  grant update (state, revision, currency, amount_minor, approvals_needed, risk_flags, snoozed_until, expires_at,
    state_reason, replaced_by, thread, updated_at) on proposal to remy_app;
  grant update (state, not_before, expires_at, attempts, failures, tried_at, fence, claimed_by, lease_until, error, receipt,
    finished_at) on effect to remy_app;
end $$;
