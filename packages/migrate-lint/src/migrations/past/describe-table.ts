import type { CreateStmt } from 'libpg-query';
import { behind, before, written } from '../excerpts.ts';
import { endOfName, type Stretch } from '../clauses.ts';
import { all } from '../nodes.ts';
import type { Thing } from '../thing.ts';
import type { Step } from '../step.ts';
import { plainTable, type Detail, type Named, type RelationDetail } from './details.ts';

/** What CREATE TABLE says of the table as a whole. */
export function describeTable(step: Step, statement: CreateStmt, parents: readonly Thing[]): RelationDetail {
  const [parent] = parents;
  return {
    ...plainTable,
    kind: statement.partspec ? 'partitioned table' : 'CreateForeignTableStmt' in step.node ? 'foreign table' : 'table',
    unlogged: statement.relation?.relpersistence === 'u',
    partitionKey: all('PartitionElem', statement.partspec?.partParams).map(({ name }) => name ?? null),
    partitionOf: parent && statement.partbound ? { table: parent, bound: boundIn(step) } : undefined,
  };
}

/** The bound of CREATE TABLE … PARTITION OF, as it is written. */
function boundIn(step: Step): string {
  const of = behind(step.text, step.whole, 'of');
  const rest = of && { start: endOfName(step.text, of.start), end: of.end };
  return (rest && written(step.text, before(step.text, boundFrom(step, rest), ...ends))) ?? '';
}

const ends = ['partition', 'using', 'with', 'without', 'on', 'tablespace'] as const;

/** What stands behind the list of columns that a partition may have. */
function boundFrom(step: Step, rest: Stretch): Stretch {
  const start = step.text[rest.start] === '(' ? behind(step.text, rest, ')')?.start : undefined;
  return start === undefined ? rest : { start, end: rest.end };
}

/** The bound of ATTACH PARTITION, as it is written. */
export function attachedBound(text: string, stretch: Stretch | undefined): string {
  const partition = stretch && behind(text, stretch, 'partition');
  return partition ? text.slice(endOfName(text, partition.start), partition.end).trim() : '';
}

interface Kept {
  readonly defaults: boolean;
  readonly generated: boolean;
  readonly identity: boolean;
}

/** A column or constraint of another table, as one that is made like it has it. */
export function describeCopy(step: Step, part: Thing, table: Thing, kept: Kept): Detail | undefined {
  const { detail } = part;
  if (detail?.of === 'column') {
    return {
      ...detail,
      serial: false,
      default: kept.defaults ? detail.default : undefined,
      generated: kept.generated ? detail.generated : undefined,
      identity: kept.identity ? detail.identity : undefined,
    };
  }
  const own = (named: Named): Named =>
    typeof named === 'string' ? named : (step.objects.part(table, 'column', named.name) ?? named.name);
  if (detail?.of === 'constraint') {
    const notNull = detail.notNull === undefined ? undefined : own(detail.notNull);
    return { ...detail, columns: detail.columns.map(own), notNull, validated: true };
  }
  if (detail?.of !== 'index') return undefined;
  return {
    ...detail,
    columns: detail.columns.map(column => (column === null ? null : own(column))),
    include: detail.include.map(own),
    concurrently: false,
  };
}

/** A table is changed as a whole. */
export function changeTable(step: Step, table: Thing, change: Partial<RelationDetail>): void {
  if (!step.objects.changes) return;
  step.describe(table, old => ({ ...(old?.of === 'relation' ? old : plainTable), ...change }));
}
