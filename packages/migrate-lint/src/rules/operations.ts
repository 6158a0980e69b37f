import { flatMap, groupBy, rememberedFor, type Migrations, type Operation, type Statement } from '@migrate-lint/core';
import { expectAppliedKnown } from './deployed.ts';

type Kinds = Operation['kind'];
type Having<Each, Kind> = Each extends { readonly kind: infer Own }
  ? Kind extends Own
    ? Each & { readonly kind: Kind }
    : never
  : never;

/** The operation of a kind; several kinds may share a shape. */
export type OperationOf<Kind extends Kinds> = Kind extends Kinds ? Having<Operation, Kind> : never;

/** One operation of a migration, as a rule's subject. */
export interface OperationSubject<Kind extends Kinds> {
  /** `folder#3`, and `folder#3.2` for a second operation of these kinds in one statement. */
  readonly path: string;
  readonly operation: OperationOf<Kind>;
  readonly statement: Statement;
}

/**
 * The operations of these kinds, as subjects. Migrations that cannot be changed any more are left out, unless `applied` is asked for: a
 * lock that was taken is over, and what was lost is lost. Throws `FactUnavailable` where nobody can tell which are applied.
 */
export function operationsOf<const Kind extends Kinds>(
  migrations: Migrations,
  kinds: readonly Kind[],
  { applied = false }: { readonly applied?: boolean } = {},
): readonly OperationSubject<Kind>[] {
  expectAppliedKnown(migrations);
  const byKind = sorted(migrations);
  const found = flatMap(kinds, kind => (byKind.get(kind) ?? []) as readonly Found<Kind>[]);
  if (kinds.length > 1) found.sort((a, b) => a.order - b.order);
  let last: Statement | undefined;
  let number = 1;
  return flatMap(found, ({ operation, statement }) => {
    if (!applied && statement.migration.applied !== undefined) return [];
    number = statement === last ? number + 1 : 1;
    last = statement;
    return { path: number === 1 ? statement.path : `${statement.path}.${String(number)}`, operation, statement };
  });
}

interface Found<Kind extends Kinds> {
  readonly order: number;
  readonly operation: OperationOf<Kind>;
  readonly statement: Statement;
}

/** Dozens of rules ask, each for a few kinds. */
const sorted = rememberedFor(({ migrations }: Migrations): ReadonlyMap<Kinds, readonly Found<Kinds>[]> => {
  const statements = flatMap(migrations, migration => (migration.syntaxError ? [] : migration.statements));
  const done = flatMap(statements, statement => statement.operations.map(operation => ({ operation, statement })));
  const found = done.map(({ operation, statement }, order) => ({ order, operation, statement }));
  return groupBy(found, ({ operation }) => operation.kind);
});
