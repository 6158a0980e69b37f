import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './unmapped-name.ts';

const mapped = ['firstName', 'lastName', 'startDate', 'endDate', 'shortText', 'longText', 'ownNote', 'postCode']
  .map(name => `${name} String @map("${name.replace(/[A-Z]/, letter => `_${letter.toLowerCase()}`)}")`)
  .join('\n  ');
const goal = (lines: string, more = ''): string =>
  `model Goal {\n  id Int @id\n  ${mapped}\n  ${lines}\n  @@map("goals")\n}\n${more}`;
const tables = ['Apple', 'Plum', 'Grape', 'Melon', 'Lemon']
  .map(name => `model ${name} {\n  id Int @id\n  @@map("${name.toLowerCase()}s")\n}\n`)
  .join('');

describe('speaks', () => {
  test('once of the columns of a model that are not mapped', () => {
    expect(say(rule, goal('targetDate DateTime'))).toEqual([
      'Goal: `targetDate` of `Goal` is not mapped to snake_case as 8 of 9 columns are, so SQL by hand has to quote it.',
    ]);
    expect(say(rule, goal('targetDate DateTime\n  targetSum Int'))).toEqual([
      'Goal: `targetDate` and `targetSum` of `Goal` are not mapped to snake_case as 8 of 10 columns are, so SQL by hand has to quote them.',
    ]);
  });
  test('of a table, and of what it has with it', () => {
    expect(say(rule, `${tables}model Label {\n  id Int @id\n}`)).toEqual([
      'Label: The table `Label` is not mapped to snake_case as 5 of 6 tables are, so SQL by hand has to quote it.',
    ]);
    const label = 'model Label {\n  id Int @id\n  sortOrder Int\n}';
    expect(say(rule, goal('', tables + label))[0]).toContain('The table `Label` with its `sortOrder` are not mapped');
  });
});

describe('is silent', () => {
  test.each([
    ['all mapped', goal('')],
    ['too few mapped', goal('aOne Int\n  bTwo Int\n  cThree Int')],
    ['nothing mapped', 'model Goal {\n  id Int @id\n  targetDate DateTime\n}'],
    ['snake_case in the schema', goal('target_date DateTime\n  name String')],
    ['a name that is mapped to another on purpose', goal('targetDate DateTime @map("targetDay")')],
    ['an ignored column', goal('targetDate DateTime @ignore')],
    ['an ignored model', goal('', 'model Old {\n  id Int @id\n  targetDate DateTime\n  @@ignore\n}')],
    [
      'a relation',
      goal(
        'parentId Int @map("parent_id")\n  oneParent Goal @relation("p", fields: [parentId], references: [id])\n  manyGoals Goal[] @relation("p")',
      ),
    ],
    ['a view', goal('', 'view Late {\n  id Int @unique\n  targetDate DateTime\n}')],
  ])('with %s', (_, text) => {
    expect(flagged(rule, text)).toEqual([]);
  });
  test('on MongoDB', () => {
    expect(flagged(rule, goal('targetDate DateTime'), { provider: 'mongodb' })).toEqual([]);
  });
});

describe('the fix', () => {
  const label = `model Label {
  id        Int    @id
  sortOrder Int
  goalId    Int
  goal      Goal   @relation(fields: [goalId], references: [id])
  title     String @unique(map: "own")

  @@unique([goalId, sortOrder])
  @@index([title])
}
`;
  const text = goal('labels Label[]', tables + label);
  test('maps the table and its columns', async () => {
    const after = await fixed(rule, text);
    expect(after).toMatch(/sortOrder Int +@map\("sort_order"\)/);
    expect(after).toMatch(/goalId +Int +@map\("goal_id"\)/);
    expect(after).toContain('@@map("labels")');
  });
  test('renames them with the indexes and keys that Prisma names after them', () => {
    expect(fixesOf(rule, text)[0]?.sql?.split('\n')).toEqual([
      'ALTER TABLE "Label" RENAME COLUMN "sortOrder" TO "sort_order";',
      'ALTER TABLE "Label" RENAME COLUMN "goalId" TO "goal_id";',
      'ALTER INDEX "Label_pkey" RENAME TO "labels_pkey";',
      'ALTER INDEX "Label_goalId_sortOrder_key" RENAME TO "labels_goal_id_sort_order_key";',
      'ALTER INDEX "Label_title_idx" RENAME TO "labels_title_idx";',
      'ALTER TABLE "Label" RENAME CONSTRAINT "Label_goalId_fkey" TO "labels_goal_id_fkey";',
      'ALTER TABLE "Label" RENAME TO "labels";',
    ]);
  });
  test('is not safe, and none where the name is taken or where the database is another', () => {
    expect(fixesOf(rule, goal('targetDate DateTime'))).toMatchObject([{ safety: 'unsafe' }]);
    expect(fixesOf(rule, goal('targetDate DateTime\n  target_date Int'))).toEqual([]);
    expect(fixesOf(rule, goal('targetDate DateTime'), { provider: 'mysql' })).toEqual([]);
  });
});
