/*
  Full-text search over articles. The vector is computed by the database, so no writer can forget it.

  Prisma introspects the column as Unsupported("tsvector") with a dbgenerated default; /* it is
  GENERATED ALWAYS, not a default */ and must never be written.
*/
ALTER TABLE "Article" ADD COLUMN "searchVector" tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('german', "title"), 'A') || setweight(to_tsvector('german', "body"), 'B')
) STORED;

-- CreateIndex
CREATE INDEX "Article_searchVector_idx" ON "Article" USING GIN ("searchVector");
