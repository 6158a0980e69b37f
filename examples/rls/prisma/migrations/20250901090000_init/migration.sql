create type organization_status as enum ('active', 'paused', 'suspended');
create type member_role as enum ('owner', 'agent');
create type call_status as enum ('ringing', 'answered', 'missed');
create type delivery_status as enum ('received', 'done', 'failed');

create table public.organizations (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  status organization_status not null default 'active',
  credit_balance_cents integer not null default 0,
  debt_limit_cents integer not null default 500 check (debt_limit_cents >= 0),
  created_at timestamptz(6) not null default current_timestamp,
  updated_at timestamptz(6) not null default current_timestamp,
  constraint organizations_debt_check check (credit_balance_cents >= -debt_limit_cents)
);

create table public.profiles (
  id uuid primary key,
  organization_id uuid not null references public.organizations (id) on delete cascade,
  display_name text not null,
  role member_role not null default 'agent',
  created_at timestamptz(6) not null default current_timestamp
);
create index profiles_organization_id_idx on public.profiles (organization_id);

create table public.contacts (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations (id) on delete cascade,
  name text not null,
  phone varchar(20) not null,
  created_at timestamptz(6) not null default current_timestamp,
  updated_at timestamptz(6) not null default current_timestamp,
  unique (organization_id, phone)
);

create table public.calls (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations (id) on delete cascade,
  contact_id uuid references public.contacts (id) on delete set null,
  status call_status not null default 'ringing',
  transcript text,
  sentiment decimal(4, 3),
  started_at timestamptz(6) not null default current_timestamp
);
create index calls_organization_id_started_at_idx on public.calls (organization_id, started_at desc);
create index calls_contact_id_idx on public.calls (contact_id);

create table public.appointments (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations (id) on delete cascade,
  contact_id uuid not null references public.contacts (id) on delete cascade,
  booked_by_id uuid not null references public.profiles (id) on delete cascade,
  starts_at timestamptz(6) not null,
  ends_at timestamptz(6) not null,
  check (starts_at < ends_at)
);
create index appointments_organization_id_starts_at_idx on public.appointments (organization_id, starts_at);
create index appointments_contact_id_idx on public.appointments (contact_id);
create index appointments_booked_by_id_idx on public.appointments (booked_by_id);

create table public.voicemails (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations (id) on delete cascade,
  owner_id uuid not null,
  storage_path text not null,
  created_at timestamptz(6) not null default current_timestamp
);
create index voicemails_organization_id_idx on public.voicemails (organization_id);

create table public.credentials (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations (id) on delete cascade,
  provider varchar(40) not null,
  encrypted_value text not null,
  created_at timestamptz(6) not null default current_timestamp,
  unique (organization_id, provider)
);
comment on column public.credentials.encrypted_value is 'Encrypted by the backend. Never log it.';

create table public.webhook_deliveries (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations (id) on delete cascade,
  status delivery_status not null default 'received',
  payload jsonb not null,
  created_at timestamptz(6) not null default current_timestamp
);
create index webhook_deliveries_organization_id_created_at_idx on public.webhook_deliveries (organization_id, created_at);

create table public.call_tracking (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations (id) on delete cascade,
  minutes integer not null
);
