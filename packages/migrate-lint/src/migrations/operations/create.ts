import type { Operation, PastIndex, PastTable } from '@migrate-lint/core';
import type { CreateStmt, IndexStmt, IntoClause } from 'libpg-query';
import { relationsIn, walk, type Body } from '../nodes.ts';
import { describeIndex } from '../past/describe-constraint.ts';
import { IndexRecord } from '../past/part-records.ts';
import { recordOf } from '../past/records.ts';
import { imagineTable } from '../tables.ts';
import { indexOf, tableOf, type Scene, type Told } from './scene.ts';

export function createTable(scene: Scene, statement: CreateStmt): readonly Told[] {
  const { step } = scene;
  const existing = step.find(
    statement.relation?.relpersistence === 't' ? { ...statement.relation, schemaname: 'pg_temp' } : statement.relation,
  );
  const { span, conditional } = scene.base();
  const ifNotExists = statement.if_not_exists ?? false;
  const record = existing && recordOf(existing);
  const told = (table: PastTable | undefined): Operation | undefined =>
    table && {
      span,
      conditional,
      kind: 'create table',
      table,
      ifNotExists,
      existing: record,
      asQuery: false,
      reads: [],
    };
  // Looked at when the statement has been read: with what is there already it makes nothing.
  return [() => told(existing ? imagineTable(step, statement, tableOf) : tableOf(scene.made(statement)))];
}

/** CREATE TABLE … AS and SELECT … INTO. */
export function createTableAs(
  scene: Scene,
  into: IntoClause | undefined,
  query: unknown,
  ifNotExists: boolean,
): readonly Told[] {
  const reads = readsOf(scene, query);
  const { step } = scene;
  const relation = into?.rel;
  const named = relation?.relpersistence === 't' ? { ...relation, schemaname: 'pg_temp' } : relation;
  const existing = step.find(named);
  const record = existing && recordOf(existing);
  return [
    (): Operation | undefined => {
      const table = tableOf(step.find(named));
      return (
        table && { ...scene.base(), kind: 'create table', table, ifNotExists, existing: record, asQuery: true, reads }
      );
    },
  ];
}

export function createIndex(scene: Scene, statement: IndexStmt): readonly Told[] {
  const { step } = scene;
  const thing = scene.thing(statement.relation);
  const table = tableOf(thing) ?? scene.unknownTable(statement.relation ?? {});
  const schema = thing?.schema ?? step.objects.schemaFor(statement.relation?.schemaname);
  const found = statement.idxname === undefined ? undefined : scene.indexNamed(thing, schema, statement.idxname);
  const existing = found && recordOf(found);
  const { span, conditional, existedBefore } = scene.ofTable(table);
  const told = (index: PastIndex): Operation => ({
    span,
    conditional,
    table,
    existedBefore,
    kind: 'create index',
    concurrently: statement.concurrent ?? false,
    only: statement.relation?.inh !== true,
    ifNotExists: statement.if_not_exists ?? false,
    existing,
    index,
  });
  return [
    () => {
      const made = existing ? undefined : indexOf(scene.made(statement));
      if (made) return told(made);
      if (!thing) return undefined;
      const name = statement.idxname ?? '';
      const head = { path: `${table.path}.${name}`, name, kind: 'index', id: step.objects.newId() } as const;
      const detail = describeIndex(step, thing, statement);
      return told(new IndexRecord({ ...head, createdBy: step.statement }, detail, table.path, undefined));
    },
  ];
}

/** The paths of what a query reads; its own WITH names are none. */
export function readsOf(scene: Scene, query: unknown): readonly string[] {
  const own = new Set(commonNames(query));
  const found = relationsIn(query).flatMap(({ schema, name }) => {
    if (schema === undefined && own.has(name)) return [];
    const thing = scene.step.objects.find('relation', schema, name);
    return [thing ? recordOf(thing).path : schema === undefined || schema === 'public' ? name : `${schema}.${name}`];
  });
  return [...new Set(found)];
}

function commonNames(query: unknown): readonly string[] {
  const found: string[] = [];
  walk(query, (name, body) => {
    if (name === 'CommonTableExpr') found.push((body as Body<'CommonTableExpr'>).ctename ?? '');
  });
  return found;
}
