alter table public.organizations enable row level security;
alter table public.profiles enable row level security;
alter table public.contacts enable row level security;
alter table public.calls enable row level security;
alter table public.appointments enable row level security;
alter table public.voicemails enable row level security;
alter table public.credentials enable row level security;
alter table public.webhook_deliveries enable row level security;
alter table public.call_tracking enable row level security;

-- The organization of whoever asks.
create function public.auth_organization_id() returns uuid
language sql stable security definer as $$
  select organization_id from public.profiles where id = auth.uid()
$$;

create policy "Members read their organization" on public.organizations
  for select to authenticated using (id = (select public.auth_organization_id()));
create policy "The backend keeps organizations" on public.organizations
  for all to service_role using (true) with check (true);

create policy "Everybody keeps their own profile" on public.profiles
  for all to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));

create policy "Members read contacts" on public.contacts
  for select to authenticated using (organization_id = (select public.auth_organization_id()));
create policy "Members add contacts" on public.contacts
  for insert to authenticated with check (organization_id = (select public.auth_organization_id()));
create policy "Members change contacts" on public.contacts
  for update to authenticated using (organization_id = (select public.auth_organization_id()))
  with check (organization_id = (select public.auth_organization_id()));
create policy "Members remove contacts" on public.contacts
  for delete to authenticated using (organization_id = (select public.auth_organization_id()));

create policy "Members read calls" on public.calls
  for select to authenticated using (organization_id = (select public.auth_organization_id()));
create policy "Members add calls" on public.calls
  for insert to authenticated with check (organization_id = (select public.auth_organization_id()));
create policy "Members change calls" on public.calls
  for update to authenticated using (organization_id = (select public.auth_organization_id()))
  with check (organization_id = (select public.auth_organization_id()));
create policy "Members remove calls" on public.calls
  for delete to authenticated using (organization_id = (select public.auth_organization_id()));

create policy "Everybody keeps what they booked" on public.appointments
  for all to authenticated using (booked_by_id = auth.uid()) with check (booked_by_id = auth.uid());

create policy "Everybody keeps their voicemails" on public.voicemails
  for all to authenticated using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));

create policy "Members keep credentials" on public.credentials
  for all to authenticated using (organization_id = (select public.auth_organization_id()))
  with check (organization_id = (select public.auth_organization_id()));

-- Without TO a policy is for everybody.
create policy "Service role keeps deliveries" on public.webhook_deliveries for all using (true) with check (true);

create policy "Members read call tracking" on public.call_tracking
  for select to authenticated using (organization_id = (select public.auth_organization_id()));
