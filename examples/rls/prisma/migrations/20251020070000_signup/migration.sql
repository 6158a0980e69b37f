-- Whoever signs up has an organization of their own.
create function public.handle_new_user() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  organization uuid;
begin
  insert into public.organizations (name, status)
  values (coalesce(new.raw_user_meta_data ->> 'practice', 'New practice'), 'active')
  returning id into organization;
  insert into public.profiles (id, organization_id, display_name, role)
  values (new.id, organization, coalesce(new.email, 'owner'), 'owner');
  return new;
end;
$$;
revoke execute on function public.handle_new_user() from public;

create trigger on_auth_user_created after insert on auth.users
  for each row execute function public.handle_new_user();
