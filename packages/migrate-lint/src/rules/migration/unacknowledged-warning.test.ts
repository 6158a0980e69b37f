import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './unacknowledged-warning.ts';

const { say, finding } = failTesting(rule);
const tags =
  'CREATE TABLE "Tag" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));';
const warned = (...lines: readonly string[]) =>
  `/*\n  Warnings:\n\n${lines.map(line => `  - ${line}\n`).join('')}\n*/\n-- AlterTable\nALTER TABLE "Tag" ADD COLUMN "x" TEXT;\n`;
const key =
  'The primary key for the `Tag` table will be changed. If it partially fails, the table could be left without primary key constraint.';

test.each([
  'THIS IS BREAKING',
  'You are about to drop the column `name` on the `Tag` table. All the data in the column will be lost.',
  'You are about to drop the column `name` on the `Tag` table, which still contains 3 non-null values.',
  'You are about to drop the `Tag` table. If the table is not empty, all the data it contains will be lost.',
  'The `name` column on the `Tag` table would be dropped and recreated. This will lead to data loss if there is data in the column.',
  'You are about to alter the column `name` on the `Tag` table. The data in that column could be lost. The data in that column will be cast from `Text` to `VarChar(3)`.',
  'A unique constraint covering the columns `[name]` on the table `Tag` will be added. If there are existing duplicate values, this will fail.',
  'The values [A,B] on the enum `Role` will be removed. If these variants are still used in the database, this will fail.',
  'Added the required column `x` to the `Tag` table without a default value. This is not possible if the table is not empty.',
  'The required column `x` was added to the `Tag` table with a prisma-level default value. This is not possible if the table is not empty. Please add this column as optional, then populate it before making it required.',
  'Made the column `name` on table `Tag` required, but there are 2 existing NULL values.',
  'Changed the column `name` on the `Tag` table from a scalar field to a list field. If there are non-null values in that column, this step will fail.',
  'Changed the type of `name` on the `Tag` table. No cast exists, the column would be dropped and recreated, which cannot be done if there is data, since the column is required.',
])('leaves to another rule: %s', async line => {
  expect(await say(tags, warned(line))).toEqual([]);
});

test('is silent without a warning', async () => {
  expect(await say(tags, '-- AlterTable\nALTER TABLE "Tag" ADD COLUMN "x" TEXT;')).toEqual([]);
  expect(await say(tags, '/* Warnings are for others. */\nALTER TABLE "Tag" ADD COLUMN "x" TEXT;')).toEqual([]);
});

test('quotes what nobody else speaks of, once a file', async () => {
  const other =
    'You are about to drop the `Tag` table. If the table is not empty, all the data it contains will be lost.';
  const sql = warned(other, key, key.replace('Tag', 'User'));
  const { message, level, related, location } = await finding(tags, sql);
  expect(message).toBe(
    "Prisma warns in this migration, and nothing says that somebody has read it: `The primary key for the 'Tag' table will be changed. If it partially fails, the table could be left without primary key constraint.`.",
  );
  expect([level, location?.line, related.length]).toEqual(['low', 5, 1]);
});

test('is acknowledged by a suppression', async () => {
  const sql = `-- migrate-lint-ignore-file migration/unacknowledged-warning -- the table is empty\n${warned(key)}`;
  await expect(finding(tags, sql)).resolves.toMatchObject({ suppressed: { reason: 'the table is empty' } });
});
