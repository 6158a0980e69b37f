-- Scripts and the admin console write without Prisma: the database keeps "updatedAt" for them.
CREATE OR REPLACE FUNCTION touch_updated_at() RETURNS trigger AS $body$
BEGIN
  -- A writer that sets the column itself, like Prisma, is left alone; see the ticket “updatedAt läuft rückwärts”.
  IF NEW."updatedAt" IS NOT DISTINCT FROM OLD."updatedAt" THEN
    NEW."updatedAt" := now();
  END IF;
  RETURN NEW;
END;
$body$ LANGUAGE plpgsql SET search_path = '';

CREATE TRIGGER "Ticket_touch" BEFORE UPDATE ON "Ticket" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER "Article_touch" BEFORE UPDATE ON "Article" FOR EACH ROW
  WHEN ((OLD."title", OLD."body") IS DISTINCT FROM (NEW."title", NEW."body")) EXECUTE FUNCTION touch_updated_at();
