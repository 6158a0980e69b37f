import { distance } from 'fastest-levenshtein';
import type { Column, EnumType, Table } from '@migrate-lint/core';

/** An expected thing and an actual one that are probably one, and why. */
export interface Rename<Thing> {
  readonly expected: Thing;
  readonly actual: Thing;
  readonly likeness: string;
}

/**
 * Pairs tables that stand on one side only. Two tables are one when at least three of five columns agree in name and type, or
 * half of them and the names share a word; each must be the other's best match.
 */
export function tableRenames(missing: readonly Table[], extra: readonly Table[]): readonly Rename<Table>[] {
  return bestPairs(missing, extra, (expected, actual) => {
    const same = expected.columns.filter(column => actual.column(column.name)?.type === column.type).length;
    const share = same / Math.max(expected.columns.length, actual.columns.length);
    // `id`, `created_at`, `updated_at` agree everywhere: a table needs more to be known by.
    const telling = expected.columns.filter(
      column => !ordinary.has(column.name) && actual.column(column.name)?.type === column.type,
    ).length;
    if (telling < 2 || expected.schema !== actual.schema) return undefined;
    const alike = namesAlike(expected.name, actual.name);
    if (share < (alike ? 0.5 : 0.6)) return undefined;
    const likeness = `${String(same)} of ${String(expected.columns.length)} columns are the same`;
    return { score: share + (alike ? 0.25 : 0), likeness: alike ? `${likeness}, and the names are alike` : likeness };
  });
}

const ordinary = new Set([
  'id',
  'createdAt',
  'updatedAt',
  'created_at',
  'updated_at',
  'deletedAt',
  'deleted_at',
  'userId',
  'user_id',
]);

/**
 * Pairs columns of one table that stand on one side only. They are one when the type can be converted and the names are alike, or
 * when both stand alone between the same two neighbours.
 */
export function columnRenames(
  expected: Table,
  actual: Table,
  missing: readonly Column[],
  extra: readonly Column[],
): readonly Rename<Column>[] {
  const common = (table: Table, other: Table) =>
    table.columns.filter(column => other.column(column.name)).map(column => column.name);
  const known = new Set(common(expected, actual));
  const gaps = new Map<string, number>();
  for (const column of [...missing, ...extra]) {
    const gap = `${side(column)} ${gapOf(column, known)}`;
    gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
  }
  function side(column: Column): string {
    return column.table === expected ? 'expected' : 'actual';
  }
  return bestPairs(missing, extra, (a, b) => {
    const conversion = convertible(b.type, a.type);
    if (conversion === undefined) return undefined;
    const gap = gapOf(a, known);
    const alone = gaps.get(`expected ${gap}`) === 1 && gaps.get(`actual ${gap}`) === 1;
    // Behind the last column everybody adds: standing there says nothing.
    const samePlace = alone && gap === gapOf(b, known) && !gap.endsWith('→');
    const alike = namesAlike(a.name, b.name);
    if (!alike && !samePlace) return undefined;
    const reasons = [
      ...(alike ? ['the names are alike'] : []),
      ...(samePlace ? ['both stand at the same place in the table'] : []),
      conversion === 'same' ? 'the type is the same' : `${b.type} can be converted to ${a.type}`,
    ];
    return {
      score: (alike ? 2 : 0) + (samePlace ? 2 : 0) + (conversion === 'same' ? 1 : 0),
      likeness: reasons.join(', '),
    };
  });
}

/** Pairs enums that stand on one side only and have the same values. */
export function enumRenames(missing: readonly EnumType[], extra: readonly EnumType[]): readonly Rename<EnumType>[] {
  return bestPairs(missing, extra, (expected, actual) => {
    const same =
      expected.values.length === actual.values.length && expected.values.every(value => actual.values.includes(value));
    if (!same || expected.schema !== actual.schema) return undefined;
    return { score: namesAlike(expected.name, actual.name) ? 2 : 1, likeness: 'the values are the same' };
  });
}

/** The nearest columns on either side that both tables have. */
function gapOf(column: Column, known: ReadonlySet<string>): string {
  const names = column.table.columns;
  const at = names.indexOf(column);
  const before = names.slice(0, at).findLast(other => known.has(other.name))?.name ?? '';
  const after = names.slice(at + 1).find(other => known.has(other.name))?.name ?? '';
  return `${before}→${after}`;
}

/** Takes pairs from the best score down, as long as neither side has another partner that is as good. */
function bestPairs<Thing extends { readonly path: string }>(
  missing: readonly Thing[],
  extra: readonly Thing[],
  judge: (expected: Thing, actual: Thing) => { score: number; likeness: string } | undefined,
): readonly Rename<Thing>[] {
  const candidates = missing.flatMap(expected =>
    extra.flatMap(actual => {
      const verdict = judge(expected, actual);
      return verdict ? [{ expected, actual, ...verdict }] : [];
    }),
  );
  return candidates
    .filter(one =>
      candidates.every(
        other =>
          other === one || (other.expected !== one.expected && other.actual !== one.actual) || other.score < one.score,
      ),
    )
    .map(({ expected, actual, likeness }) => ({ expected, actual, likeness }));
}

/** Whether one name holds all words of the other, or they differ by a few letters: `resource_type` and `resource`, `colour` and `color`. */
export function namesAlike(a: string, b: string): boolean {
  const [short, long] = [words(a), words(b)].sort((x, y) => x.length - y.length) as [string[], string[]];
  const telling = short.filter(word => !weakWords.has(word));
  if (telling.length > 0 && short.every(word => long.includes(word))) return true;
  const [x, y] = [words(a).join(''), words(b).join('')];
  return distance(x, y) <= Math.floor(Math.max(x.length, y.length) / 4);
}

/** Words that stand in so many names that sharing them says nothing. */
const weakWords = new Set([
  'id',
  'at',
  'is',
  'has',
  'by',
  'type',
  'status',
  'name',
  'date',
  'count',
  'number',
  'url',
  'key',
  'data',
  'value',
  'created',
  'updated',
]);

function words(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')
    .map(word => (word.length > 3 ? word.replace(/s$/, '') : word));
}

const numbers = /^(smallint|integer|bigint|numeric.*|real|double precision)$/;
const moments = /^(timestamp.*|date)$/;
const opaque = /^(boolean|time .*|interval|bytea|inet|cidr|macaddr8?|bit.*|money|oid|point|tsvector|vector.*)$/;

/** What casts keep the meaning within: numbers, moments, and what is written as text (enums, uuid, json and text itself). */
function familyOf(type: string): string {
  if (numbers.test(type)) return 'number';
  if (moments.test(type)) return 'moment';
  return opaque.test(type) ? type : 'text';
}

/** Whether a value of the one type has a cast to the other that keeps its meaning. */
function convertible(from: string, to: string): 'same' | 'cast' | undefined {
  if (from === to) return 'same';
  if (from.endsWith('[]') || to.endsWith('[]')) return undefined;
  if (/^(text|character varying.*)$/.test(to)) return 'cast';
  return familyOf(from) === familyOf(to) ? 'cast' : undefined;
}
