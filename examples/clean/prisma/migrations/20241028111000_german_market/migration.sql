-- AlterTable
ALTER TABLE "Organization" ADD COLUMN "locale" TEXT NOT NULL DEFAULT 'en',
ADD COLUMN "greeting" TEXT NOT NULL DEFAULT 'Hello 👋 – how can we help?',
ADD COLUMN "domains" TEXT[],
ADD COLUMN "settings" JSONB NOT NULL DEFAULT '{}';

-- The first organizations are all Swiss; «ß» is not a letter there.
UPDATE "Organization"
SET "locale" = 'de-CH', "greeting" = replace('Grüße aus Zürich; wir sind da', 'ß', 'ss')
WHERE "locale" = 'en';

-- AlterTable
ALTER TABLE "Organization" ALTER COLUMN "locale" SET DEFAULT 'de-CH',
ALTER COLUMN "greeting" SET DEFAULT 'Grüezi 👋 – wie können wir helfen?';

-- AlterTable
ALTER TABLE "Article" ALTER COLUMN "title" SET DEFAULT 'Ohne Titel – bitte benennen';
