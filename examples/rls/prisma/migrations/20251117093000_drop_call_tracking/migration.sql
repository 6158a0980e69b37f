-- Calls tell their minutes themselves.
drop table public.call_tracking;
