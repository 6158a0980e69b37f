create table public.credit_movements (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations (id) on delete restrict,
  delta_cents integer not null,
  provider_call_id varchar(64) not null unique,
  created_at timestamptz(6) not null default current_timestamp
);
create index credit_movements_organization_id_created_at_idx on public.credit_movements (organization_id, created_at);
alter table public.credit_movements enable row level security;
create policy "Members read credit movements" on public.credit_movements
  for select to authenticated using (organization_id = (select public.auth_organization_id()));
create policy "The backend keeps credit movements" on public.credit_movements
  for all to service_role using (true) with check (true);

-- Only the backend looks at these, and it passes row level security by.
create table public.processed_webhooks (
  event_id varchar(100) primary key,
  processed_at timestamptz(6) not null default current_timestamp
);
create index processed_webhooks_processed_at_idx on public.processed_webhooks (processed_at);
alter table public.processed_webhooks enable row level security;

create function public.deduct_credits(organization uuid, cents integer, call_id varchar) returns integer
language plpgsql security definer as $$
declare
  balance integer;
begin
  insert into credit_movements (organization_id, delta_cents, provider_call_id) values (organization, -cents, call_id);
  update organizations set credit_balance_cents = credit_balance_cents - cents where id = organization
  returning credit_balance_cents into balance;
  return balance;
end;
$$;
revoke execute on function public.deduct_credits(uuid, integer, varchar) from public;
grant execute on function public.deduct_credits(uuid, integer, varchar) to service_role;

create function public.purge_deliveries() returns void
language plpgsql security definer as $$
begin
  delete from webhook_deliveries where created_at < now() - interval '7 days';
  delete from processed_webhooks where processed_at < now() - interval '1 day';
end;
$$;

create function public.organization_minutes(organization uuid) returns bigint
language plpgsql stable as $$
declare
  total bigint;
begin
  select sum(minutes) into total from public.call_tracking where organization_id = organization;
  return coalesce(total, 0);
end;
$$;
