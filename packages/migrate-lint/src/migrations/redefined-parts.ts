import type { PastColumn, PastConstraint, PastTable } from '@migrate-lint/core';
import type { AlterTableCmd, ColumnDef, Constraint, Node, RangeVar } from 'libpg-query';
import type { Stretch } from './clauses.ts';
import { command } from './dialects/alter.ts';
import { opaque } from './dialects/expressions.ts';
import { string, strings as nodes } from './dialects/names.ts';
import { all, as, walk } from './nodes.ts';
import type { ParsedPart, ParsedStatement, Redefinition } from './parser.ts';
import { recordOf, tableRecord } from './past/records.ts';
import type { Step } from './step.ts';
import { imagineTable } from './tables.ts';

/**
 * What a statement of a block that makes a table anew does to that table, as clauses of ALTER TABLE where the new one differs from the old: so
 * the table stays the same through the block. New columns come with the CREATE TABLE, what the INSERT makes of others is an UPDATE, and all that it
 * holds the rows to comes with the DROP TABLE, which also takes what the new table lacks. Undefined where the table is not known.
 */
export function redefinedParts(
  step: Step,
  { redefinition, parts, start, end }: ParsedStatement,
): readonly ParsedPart[] | undefined {
  const { objects } = step;
  if (!redefinition || !objects.changes) return undefined;
  const { of, does } = redefinition;
  const thing = objects.find('relation', undefined, of.table);
  if (thing?.kind !== 'table' || thing.open || objects.find('relation', undefined, of.standIn)) return undefined;
  if (does === 'rename' || does === 'clear') return [];
  if (does === 'other') return parts?.map(part => ({ ...part, node: underItsName(part.node, of) }));
  const block = new RedefinedTable(step, of, tableRecord(thing));
  if (does === 'make') return block.additions;
  return does === 'copy' ? block.writes({ start, end }) : block.changes({ start, end });
}

/** The node with the name of the table for that which it has in the block. */
function underItsName<Tree extends object>(tree: Tree, { table, standIn }: Redefinition): Tree {
  const copy = structuredClone(tree);
  walk([copy], (_name, body) => {
    if (typeof body === 'object' && body !== null && 'relname' in body && isOneName(body.relname, standIn))
      Object.assign(body, { relname: table });
  });
  return copy;
}

function isOneName(name: unknown, other: string): boolean {
  return typeof name === 'string' && name.toLowerCase() === other.toLowerCase();
}

/** A table in the middle of its block, and what the new one is like. */
class RedefinedTable {
  readonly #step: Step;
  readonly #of: Redefinition;
  readonly #relation: RangeVar;
  readonly #now: PastTable;
  readonly #definitions: readonly ColumnDef[];

  constructor(step: Step, of: Redefinition, now: PastTable) {
    this.#step = step;
    this.#of = of;
    this.#now = now;
    this.#relation = { relname: of.table, inh: true, relpersistence: 'p' };
    this.#definitions = all('ColumnDef', of.create.tableElts);
  }

  /** The columns that are new. What the INSERT fills is no NULL when the rows come to be held to it. */
  get additions(): readonly ParsedPart[] {
    const renamed = this.#renames.map(({ to }) => to);
    const added = this.#definitions.filter(({ colname = '' }) => !this.#old(colname) && !renamed.includes(colname));
    return added.map(definition => this.#addition(definition, this.#isFilled(definition.colname ?? '')));
  }

  /** What the INSERT does to the values, besides to copy them. */
  writes(stretch: Stretch): readonly ParsedPart[] {
    const { copies, copiesAll, decidedBy, isFiltered, reads } = this.#of;
    const renamed = this.#renames;
    const made = copies.filter(({ to, from }) =>
      copiesAll ? !this.#old(to) : from !== to && !renamed.some(rename => rename.to === to),
    );
    const decided = decidedBy.filter(name => this.#makes(name) && !made.some(({ to }) => to === name));
    const targets: Node[] = [
      ...made.map(({ to, value }) => ({ ResTarget: { name: to, ...(value && { val: value }) } })),
      ...decided.map(name => ({ ResTarget: { name } })),
    ];
    const relation = this.#relation;
    const chosen = isFiltered ? { whereClause: opaque } : {};
    return [
      ...(isFiltered ? [{ ...stretch, node: { DeleteStmt: { relation, ...chosen } } }] : []),
      ...renamed.map(({ from, to }) => ({
        ...this.#placeOf(to),
        node: {
          RenameStmt: { renameType: 'OBJECT_COLUMN' as const, relation, subname: from, newname: to },
        },
      })),
      ...(targets.length > 0
        ? [{ ...stretch, node: { UpdateStmt: { relation, targetList: targets, fromClause: [...reads], ...chosen } } }]
        : []),
    ];
  }

  /** What the rows are held to from now on, and what is gone. */
  changes(stretch: Stretch): readonly ParsedPart[] {
    const { made, constraints } = this.#imagined();
    const lost = this.#definitions.filter(({ colname = '' }) => this.#isLost(colname));
    const lostNames = lost.map(({ colname = '' }) => colname);
    const isKept = (one: PastConstraint, others: readonly PastConstraint[]): boolean =>
      !one.columns.some(name => lostNames.includes(name)) && others.some(other => isSame(one, other));
    const past = this.#now.constraints;
    return [
      ...this.#now.indexes
        .filter(({ constraint }) => constraint === undefined)
        .map(({ name }) => ({ ...stretch, node: dropIndex(name) })),
      ...past
        .filter(one => !isKept(one, made.constraints))
        .map(({ name }) => this.#part(this.#of.head, { subtype: 'AT_DropConstraint', name })),
      ...lost.flatMap(definition => [
        this.#part(this.#placeOf(definition.colname ?? ''), {
          subtype: 'AT_DropColumn',
          name: definition.colname ?? '',
        }),
        this.#addition(definition, false),
      ]),
      ...this.#definitions.flatMap(definition =>
        lost.includes(definition) ? [] : this.#changesOf(definition, made.column(definition.colname ?? '')),
      ),
      ...constraints
        .filter(({ record }) => !isKept(record, past))
        .map(({ node, place }) => this.#part(place, { subtype: 'AT_AddConstraint', def: { Constraint: node } })),
      ...this.#now.columns
        .filter(({ name }) => !this.#makes(name))
        .map(({ name }) => this.#part(this.#of.head, { subtype: 'AT_DropColumn', name })),
      this.#part(stretch, { subtype: 'AT_GenericOptions', def: string('redefine') }),
    ];
  }

  /** A column as it was before the block. */
  #old(name: string): PastColumn | undefined {
    const column = this.#now.column(name);
    const made = column?.createdBy;
    const { migration } = this.#step.statement;
    const isOfBlock = made?.migration === migration && made.span.start >= this.#of.whole.start;
    return isOfBlock ? undefined : column;
  }

  #makes(name: string): boolean {
    return this.#definitions.some(({ colname }) => colname === name);
  }

  #isFilled(name: string): boolean {
    return this.#of.copies.some(({ to }) => to === name);
  }

  /** It stays by its name, and its values are not copied. */
  #isLost(name: string): boolean {
    const old = this.#old(name);
    const isComputed = this.#definitions.some(
      ({ colname, constraints }) =>
        colname === name && all('Constraint', constraints).some(({ contype }) => contype === 'CONSTR_GENERATED'),
    );
    return old !== undefined && !isComputed && !this.#isFilled(name);
  }

  /** Columns whose values go, all of them and nowhere else, into one of another name. */
  get #renames(): readonly { readonly from: string; readonly to: string }[] {
    return this.#of.copies.flatMap(({ to, from }) => {
      if (from === undefined || this.#makes(from) || !this.#old(from) || this.#old(to)) return [];
      return this.#of.copies.filter(other => other.from === from).length === 1 ? [{ from, to }] : [];
    });
  }

  #placeOf(name: string): Stretch {
    const definition = this.#definitions.find(({ colname }) => colname === name);
    return this.#step.clause(definition?.location) ?? this.#of.head;
  }

  #part(stretch: Stretch, each: AlterTableCmd): ParsedPart {
    return { start: stretch.start, end: stretch.end, node: command(this.#relation, each) };
  }

  /** ADD COLUMN; what it is held to besides NOT NULL comes with the other constraints. */
  #addition(definition: ColumnDef, isNullable: boolean): ParsedPart {
    const constraints = (definition.constraints ?? []).filter(node => {
      const type = as('Constraint', node)?.contype ?? '';
      return !keyTypes.test(type) && !(isNullable && type === 'CONSTR_NOTNULL');
    });
    const def = { ColumnDef: { ...definition, constraints } };
    return this.#part(this.#placeOf(definition.colname ?? ''), { subtype: 'AT_AddColumn', def });
  }

  #changesOf(definition: ColumnDef, made: PastColumn | undefined): readonly ParsedPart[] {
    const name = definition.colname ?? '';
    const now = this.#now.column(name);
    if (!now || !made || made.generated || now.generated) return [];
    const place = this.#placeOf(name);
    const change = (each: AlterTableCmd, where = place): ParsedPart => this.#part(where, { ...each, name });
    const value = defaultIn(definition);
    const { typeName } = definition;
    const isNumbered = made.identity !== undefined && now.identity === undefined;
    const identity: Constraint = { contype: 'CONSTR_IDENTITY', generated_when: 'd' };
    return [
      ...(made.type === now.type
        ? []
        : [change({ subtype: 'AT_AlterColumnType', def: { ColumnDef: { ...(typeName && { typeName }) } } })]),
      ...(made.default?.sql === now.default?.sql
        ? []
        : [
            change(
              { subtype: 'AT_ColumnDefault', ...(value?.def && { def: value.def }) },
              this.#step.clause(value?.start, value?.end) ?? place,
            ),
          ]),
      ...(isNumbered ? [change({ subtype: 'AT_AddIdentity', def: { Constraint: identity } })] : []),
      ...(made.notNull === now.notNull ? [] : [change({ subtype: made.notNull ? 'AT_SetNotNull' : 'AT_DropNotNull' })]),
    ];
  }

  /** The new table as its CREATE TABLE says it, with the constraints as ALTER TABLE would add them. */
  #imagined(): { readonly made: PastTable; readonly constraints: readonly MadeConstraint[] } {
    const { changes } = this.#step.objects;
    const create = underItsName(this.#of.create, this.#of);
    return imagineTable(this.#step, create, table => ({
      made: tableRecord(table),
      constraints: this.#written(create.tableElts).flatMap(({ node, added, place }) => {
        const thing = changes?.made.get(node);
        return thing ? [{ node: added, place, record: recordOf(thing) as PastConstraint }] : [];
      }),
    }));
  }

  #written(elements: readonly Node[] | undefined): readonly WrittenKey[] {
    const skipped = this.#of.looksUpKeys ? {} : { skip_validation: true, initially_valid: false };
    const key = (node: Constraint, column: string | undefined, end: number | undefined): readonly WrittenKey[] => {
      if (!keyTypes.test(node.contype ?? '')) return [];
      const names = column === undefined ? {} : keysOf(node, column);
      const added = { ...node, ...names, ...(node.contype === 'CONSTR_FOREIGN' && skipped) };
      return [{ node, added, place: this.#step.clause(node.location, end) ?? this.#of.head }];
    };
    return (elements ?? []).flatMap(element => {
      const own = as('Constraint', element);
      const definition = as('ColumnDef', element);
      const inner = all('Constraint', definition?.constraints);
      return own
        ? key(own, undefined, undefined)
        : inner.flatMap((node, at) => key(node, definition?.colname, inner[at + 1]?.location));
    });
  }
}

interface WrittenKey {
  readonly node: Constraint;
  /** The same in a list of its own. */
  readonly added: Constraint;
  readonly place: Stretch;
}

interface MadeConstraint {
  readonly node: Constraint;
  readonly place: Stretch;
  readonly record: PastConstraint;
}

const keyTypes = /^CONSTR_(?:CHECK|PRIMARY|UNIQUE|FOREIGN)$/;

function keysOf({ contype }: Constraint, column: string): Constraint {
  if (contype === 'CONSTR_FOREIGN') return { fk_attrs: nodes([column]) };
  return contype === 'CONSTR_CHECK' ? {} : { keys: nodes([column]) };
}

/** The default that a definition says, with its place. */
function defaultIn({ constraints }: ColumnDef) {
  const written = all('Constraint', constraints);
  const at = written.findIndex(({ contype }) => contype === 'CONSTR_DEFAULT');
  const found = written[at];
  if (!found?.raw_expr || as('A_Const', found.raw_expr)?.isnull === true) return undefined;
  return { def: found.raw_expr, start: found.location, end: written[at + 1]?.location };
}

/** Whether two constraints hold the rows to the same, whatever they are called. */
function isSame(one: PastConstraint, other: PastConstraint): boolean {
  return one.type === other.type && meaningOf(one) === meaningOf(other);
}

function meaningOf({ type, columns, expression, ...more }: PastConstraint): string {
  if (type === 'check') return (expression ?? '').replace(/\s+/g, ' ').trim();
  if (type !== 'foreign') return JSON.stringify(type === 'unique' ? [...columns].sort() : columns);
  const { referencedTable, referencedColumns, onDelete, onUpdate } = more;
  return JSON.stringify([columns, referencedTable, referencedColumns, onDelete, onUpdate]);
}

function dropIndex(name: string): Node {
  const objects = [{ List: { items: [string(name)] } }];
  return { DropStmt: { removeType: 'OBJECT_INDEX', objects, behavior: 'DROP_RESTRICT' } };
}
