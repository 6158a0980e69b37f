-- What customers quote on the phone: D-000001. A sequence may leave gaps, which nobody minds.
CREATE SEQUENCE "ticket_reference_seq" AS integer START WITH 1 CACHE 10;

CREATE FUNCTION next_ticket_reference() RETURNS text
    LANGUAGE sql VOLATILE
    SET search_path = public
AS $$
  SELECT 'D-' || lpad(nextval('ticket_reference_seq')::text, 6, '0');
$$;

-- AlterTable
ALTER TABLE "Ticket" ADD COLUMN "reference" TEXT;

UPDATE "Ticket" SET "reference" = next_ticket_reference() WHERE "reference" IS NULL;

-- AlterTable
ALTER TABLE "Ticket" ALTER COLUMN "reference" SET DEFAULT next_ticket_reference(),
ALTER COLUMN "reference" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Ticket_reference_key" ON "Ticket"("reference");
