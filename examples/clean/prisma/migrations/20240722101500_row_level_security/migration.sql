-- Roles belong to the server, and the shadow database shares it: they may be there already.
DO $$
BEGIN
  CREATE ROLE desk_app NOLOGIN;
EXCEPTION
  WHEN duplicate_object THEN
    RAISE NOTICE 'role "desk_app" is there already; nothing to do';
END
$$;

DO $roles$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'desk_reporting') THEN
    EXECUTE 'CREATE ROLE desk_reporting NOLOGIN';
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'cannot create "desk_reporting": %', SQLERRM;
END;
$roles$;

GRANT USAGE ON SCHEMA public TO desk_app, desk_reporting;
GRANT SELECT, INSERT, UPDATE, DELETE ON "Customer", "Ticket", "Message" TO desk_app;
GRANT SELECT ON "Ticket" TO desk_reporting;

ALTER TABLE "Customer" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Ticket" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Ticket" FORCE ROW LEVEL SECURITY;
ALTER TABLE "Message" ENABLE ROW LEVEL SECURITY;

CREATE POLICY "customer_of_organization" ON "Customer"
  USING ("organizationId" = (SELECT current_setting('desk.organization_id', true)))
  WITH CHECK ("organizationId" = (SELECT current_setting('desk.organization_id', true)));

CREATE POLICY "ticket_of_organization" ON "Ticket"
  FOR ALL TO desk_app
  USING ("organizationId" = (SELECT current_setting('desk.organization_id', true)))
  WITH CHECK ("organizationId" = (SELECT current_setting('desk.organization_id', true)));

CREATE POLICY "ticket_for_reports" ON "Ticket" AS PERMISSIVE FOR SELECT TO desk_reporting
  USING ("status" <> 'OPEN');

CREATE POLICY "message_of_ticket" ON "Message" TO desk_app
  USING (EXISTS (SELECT FROM "Ticket" t WHERE t."id" = "Message"."ticketId"));
