import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './cascade-blast-radius.ts';

type Shape = Readonly<Record<string, { readonly of?: readonly string[]; readonly lines?: readonly string[] }>>;

/** Each model with a required relation, and `Cascade`, to each model that it is of. */
function models(shape: Shape): string {
  const all = Object.entries(shape);
  return all
    .map(([name, { of = [], lines = [] }]) => {
      const keys = of.flatMap(owner => {
        const column = `${owner.toLowerCase()}Id`;
        return [
          `${column} Int`,
          `${owner.toLowerCase()} ${owner} @relation(fields: [${column}], references: [id], onDelete: Cascade)`,
        ];
      });
      const back = all.flatMap(([other, { of: owners = [] }]) =>
        owners.includes(name) ? [`all${other} ${other}[]`] : [],
      );
      return `model ${name} {\n  id Int @id\n  ${[...keys, ...back, ...lines].join('\n  ')}\n}\n`;
    })
    .join('');
}

const chain: Shape = {
  Course: {},
  Lesson: { of: ['Course'] },
  Plan: { of: ['Lesson'] },
  Task: { of: ['Plan'] },
  Note: { of: ['Task'] },
  File: { of: ['Task'] },
};

describe('is silent', () => {
  test('below the number', () => {
    const { File: _, ...four } = chain;
    expect(flagged(rule, models(four))).toEqual([]);
    expect(flagged(rule, models(chain), { options: { models: 6 } })).toEqual([]);
  });
  test('where one relation does not cascade', () => {
    expect(flagged(rule, models(chain).replace(/(references: \[id\]), onDelete: Cascade/, '$1'))).toEqual([]);
    expect(flagged(rule, models(chain).replace('onDelete: Cascade', 'onDelete: Restrict'))).toEqual([]);
  });
  test('of models below the one that it names', () => {
    expect(flagged(rule, models({ Campus: {}, ...chain, Course: { of: ['Campus'] } }))).toEqual(['Campus']);
  });
  test('of the tenant', () => {
    const text = models(chain).replaceAll('Course', 'Organization').replaceAll('course', 'organization');
    expect(flagged(rule, text)).toEqual([]);
  });
  test('of a soft-deleted model', () => {
    expect(flagged(rule, models({ ...chain, Course: { lines: ['deletedAt DateTime?'] } }))).toEqual([]);
    expect(flagged(rule, models({ ...chain, Course: { lines: ['isDeleted Boolean'] } }))).toEqual([]);
  });
  test('of a model whose links are all that goes', () => {
    const link = (name: string) => ({ [name]: { of: ['Tag', 'Post'], lines: [] } });
    const text = models({ Tag: {}, Post: {}, ...link('A'), ...link('B'), ...link('C'), ...link('D'), ...link('E') });
    const links = text.replace(/(model [A-E] \{\n {2}id Int) @id([^}]*)\}/g, '$1$2\n  @@id([tagId, postId])\n}');
    expect(flagged(rule, links)).toEqual([]);
    expect(flagged(rule, text)).toEqual(['Tag', 'Post']);
  });
  test('of a model that is deleted with itself', () => {
    const self = [
      'parentId Int?',
      'parent Course? @relation("t", fields: [parentId], references: [id], onDelete: Cascade)',
    ];
    const { File: _, ...four } = chain;
    expect(
      flagged(rule, models({ ...four, Course: { lines: [...self, 'children Course[] @relation("t")'] } })),
    ).toEqual([]);
  });
});

describe('speaks', () => {
  test('with the longest chain', () => {
    expect(say(rule, models(chain))).toEqual([
      'Course: Deleting one row of `Course` deletes rows of 5 other models without asking, as far as `Course` → `Lesson` → `Plan` → `Task` → `Note`.',
    ]);
  });
  test('from the number on that the option says', () => {
    expect(flagged(rule, models({ Course: {}, Lesson: { of: ['Course'] } }), { options: { models: 1 } })).toEqual([
      'Course',
    ]);
  });
  test('once of a circle', () => {
    expect(flagged(rule, models({ ...chain, Course: { of: ['Task'] } }))).toEqual(['Course']);
  });
  test('of what a soft-deleted model would reach', () => {
    expect(
      flagged(rule, models({ Campus: { lines: ['deletedAt DateTime?'] }, ...chain, Course: { of: ['Campus'] } })),
    ).toEqual(['Course']);
  });
});
