import type { Operation } from '@migrate-lint/core';
import type { CreateStmt, IndexStmt, IntoClause } from 'libpg-query';
import { relationsIn, walk, type Body } from '../nodes.ts';
import { describeIndex } from '../past/describe-constraint.ts';
import { indexRecord, recordOf } from '../past/records.ts';
import { imagineTable } from '../tables.ts';
import { indexOf, tableOf, type Scene, type Told } from './scene.ts';

export function createTable(scene: Scene, statement: CreateStmt): readonly Told[] {
  const { step } = scene;
  const existing = step.find(
    statement.relation?.relpersistence === 't' ? { ...statement.relation, schemaname: 'pg_temp' } : statement.relation,
  );
  const base = { ...scene.base(), kind: 'create table', asQuery: false, reads: [] } as const;
  const ifNotExists = statement.if_not_exists ?? false;
  if (!existing) {
    return [
      () => {
        const table = tableOf(scene.made(statement));
        return table && { ...base, table, ifNotExists, existing: undefined };
      },
    ];
  }
  const record = recordOf(existing);
  // Looked at when the statement has been read, for it makes nothing.
  return [
    () => {
      const table = imagineTable(step, statement, tableOf);
      return table && { ...base, table, ifNotExists, existing: record };
    },
  ];
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
  const base = {
    ...scene.ofTable(table),
    kind: 'create index',
    concurrently: statement.concurrent ?? false,
    only: statement.relation?.inh !== true,
    ifNotExists: statement.if_not_exists ?? false,
    existing,
  } as const;
  return [
    () => {
      const made = existing ? undefined : indexOf(scene.made(statement));
      if (made) return { ...base, index: made };
      if (!thing) return undefined;
      const name = statement.idxname ?? '';
      const head = { path: `${table.path}.${name}`, name, kind: 'index', id: step.objects.newId() } as const;
      const detail = describeIndex(step, thing, statement);
      return { ...base, index: indexRecord({ ...head, createdBy: step.statement }, detail, table.path, undefined) };
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
