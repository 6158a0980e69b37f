COMMENT ON TABLE "Customer" IS 'People who write in. Contains personal data: name, email, notes.';
COMMENT ON COLUMN "Customer"."notes" IS $note$Free text; agents are asked not to write about health -- or "anything that isn't theirs to write".$note$;
COMMENT ON INDEX "ApiKey_active_name_key" IS 'Widerrufene Schlüssel zählen nicht; 日本語 und emoji 🔑 auch nicht';
COMMENT ON FUNCTION touch_updated_at() IS E'Keeps "updatedAt" for writers that do not.\nSee 20241014084500.';
COMMENT ON VIEW "OpenTicketCount" IS NULL;
