create view public.calls_with_contacts as
  select calls.id, calls.organization_id, calls.status, calls.started_at, contacts.name, contacts.phone
  from public.calls left join public.contacts on contacts.id = calls.contact_id;
grant select on public.calls_with_contacts to authenticated;

create view public.upcoming_appointments with (security_invoker = true) as
  select id, organization_id, contact_id, starts_at from public.appointments where starts_at > now();
grant select on public.upcoming_appointments to authenticated;

create table public.opening_hours (
  organization_id uuid not null references public.organizations (id) on delete cascade,
  weekday smallint not null check (weekday between 1 and 7),
  opens_minute smallint not null,
  closes_minute smallint not null,
  primary key (organization_id, weekday),
  check (opens_minute < closes_minute)
);
alter table public.opening_hours enable row level security;
