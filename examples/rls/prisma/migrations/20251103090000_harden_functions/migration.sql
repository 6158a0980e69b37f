alter function public.auth_organization_id() set search_path = '';
revoke execute on function public.auth_organization_id() from public;
grant execute on function public.auth_organization_id() to authenticated, service_role;
