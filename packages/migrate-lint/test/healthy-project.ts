import type { ProjectText } from '../src/testing.ts';

/** A schema with something of each kind that drift rules look at. */
const schema = `model User {
  id        Int      @id @default(autoincrement())
  email     String   @unique
  name      String?
  role      Role     @default(USER)
  roles     Role[]
  active    Boolean  @default(true)
  createdAt DateTime @default(now())
  posts     Post[]
  members   Member[]
}

model Post {
  id        String   @id @default(uuid()) @db.Uuid
  title     String   @db.VarChar(255)
  score     Decimal? @db.Decimal(5, 2)
  authorId  Int      @map("author_id")
  author    User     @relation(fields: [authorId], references: [id], onDelete: Cascade)
  createdAt DateTime @default(now()) @map("created_at")
  tags      Tag[]

  @@unique([authorId, title])
  @@index([authorId, createdAt(sort: Desc)])
  @@map("posts")
}

model Member {
  userId  Int
  spaceId Int
  user    User @relation(fields: [userId], references: [id])

  @@id([userId, spaceId])
}

model Tag {
  id    Int    @id
  posts Post[]
}

enum Role {
  USER
  ADMIN
}
`;

const init = `-- CreateEnum
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');

-- CreateTable
CREATE TABLE "User" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "role" "Role" NOT NULL DEFAULT 'USER',
    "roles" "Role"[],
    "active" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "posts" (
    "id" UUID NOT NULL,
    "title" VARCHAR(255) NOT NULL,
    "score" DECIMAL(5,2),
    "author_id" INTEGER NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "posts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "userId" INTEGER NOT NULL,
    "spaceId" INTEGER NOT NULL,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("userId","spaceId")
);

-- CreateTable
CREATE TABLE "Tag" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_PostToTag" (
    "A" UUID NOT NULL,
    "B" INTEGER NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "posts_author_id_created_at_idx" ON "posts"("author_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "posts_author_id_title_key" ON "posts"("author_id", "title");

-- CreateIndex
CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");

-- CreateIndex
CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B");

-- AddForeignKey
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_B_fkey" FOREIGN KEY ("B") REFERENCES "Tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;
`;

/** A project without drift. */
export const healthy = { schema, migrations: { '1_init': init } } satisfies ProjectText;

/** The same, with one more migration that makes it drift. */
export function after(sql: string, more: Partial<ProjectText> = {}): ProjectText {
  return { ...healthy, ...more, migrations: { ...healthy.migrations, '2_change': sql } };
}

/** The line of the schema on which this text stands, as findings say it. */
export function at(text: string): string {
  const index = schema.indexOf(text);
  if (index === -1) throw new Error(`not in the schema: ${text}`);
  return `prisma/schema.prisma:${String(schema.slice(0, index).split('\n').length)}`;
}

/** The first line of the migration that `after` adds, as findings say it. */
export const change = 'prisma/migrations/2_change/migration.sql:1';
