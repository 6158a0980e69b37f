import type { EnumLiteral, PastEnum, Statement } from '@migrate-lint/core';
import type { InsertStmt, Node, SelectStmt } from 'libpg-query';
import { all, as, strings } from './nodes.ts';
import type { ParsedStatement } from './parser.ts';
import { Names, type Range, type RangeColumn } from './ranges.ts';
import { literalAt } from './tree.ts';

/** The literals of a statement that have to be values of an enum, as far as it is certain of which. Bodies of functions are not read. */
export function readEnumLiterals(parsed: ParsedStatement, statement: Statement): readonly EnumLiteral[] {
  if (!statement.sql.includes("'") || statement.before.enums.length === 0) return [];
  const reader = new Reader(parsed, statement);
  reader.read();
  return reader.found;
}

class Reader {
  readonly found: EnumLiteral[] = [];
  readonly #parsed: ParsedStatement;
  readonly #statement: Statement;
  readonly #names: Names;

  constructor(parsed: ParsedStatement, statement: Statement) {
    this.#parsed = parsed;
    this.#statement = statement;
    this.#names = new Names(statement);
  }

  read(): void {
    this.#names.visit(this.#parsed.node, (node, ranges, kind) => {
      if (kind === 'A_Expr' || kind === 'CoalesceExpr') this.#compared(node, ranges);
      else if (kind === 'TypeCast') this.#cast(node);
      else if (kind === 'UpdateStmt' || kind === 'InsertStmt') this.#written(node);
      else if (kind === 'CreateStmt' || kind === 'AlterTableStmt') this.#defaults(node);
    });
  }

  #compared(node: Node, ranges: readonly Range[]): void {
    const { kind, name, lexpr, rexpr } = as('A_Expr', node) ?? {};
    const arms = as('CoalesceExpr', node)?.args ?? [];
    const isPlain = kind === 'AEXPR_OP' && /^(?:=|<>|!=|<|>|<=|>=)$/.test(strings(name).join(''));
    const sides = isPlain || kind === 'AEXPR_DISTINCT' || kind === 'AEXPR_NOT_DISTINCT' || kind === 'AEXPR_NULLIF';
    const list = kind === 'AEXPR_IN' ? [lexpr, ...(as('List', rexpr)?.items ?? [])] : sides ? [lexpr, rexpr] : arms;
    const column = list.map(each => this.#names.named(each, ranges)).find(found => found?.enum);
    if (column) for (const each of list) this.#add(each, column.enum, column.path);
  }

  #cast(node: Node): void {
    const { arg, typeName } = as('TypeCast', node) ?? {};
    this.#add(arg, this.#names.enumOf(typeName), undefined);
    const elements = as('A_ArrayExpr', arg)?.elements ?? [];
    for (const element of elements) this.#add(element, this.#names.enumOf(typeName, true), undefined);
  }

  #written(node: Node): void {
    const update = as('UpdateStmt', node);
    const insert = as('InsertStmt', node);
    const [target] = this.#names.relation((update ?? insert)?.relation);
    const set = [...(update?.targetList ?? []), ...(insert?.onConflictClause?.targetList ?? [])];
    for (const { name = '', val, indirection = [] } of all('ResTarget', set))
      if (indirection.length === 0) this.#give(val, this.#names.columnIn(target, name));
    if (insert && target) this.#inserted(insert, target);
  }

  #inserted({ cols, selectStmt }: InsertStmt, target: Range): void {
    const names = all('ResTarget', cols).map(({ name = '' }) => name);
    const targets =
      names.length > 0 ? names.map(name => this.#names.columnIn(target, name)) : this.#names.columnsIn(target);
    for (const row of rowsOf(as('SelectStmt', selectStmt)))
      for (const [at, value] of row.entries()) this.#give(value, targets[at]);
  }

  #defaults(node: Node): void {
    const create = as('CreateStmt', node);
    const alter = as('AlterTableStmt', node);
    const commands = all('AlterTableCmd', alter?.cmds);
    const added = commands.flatMap(({ def }) => def ?? []);
    for (const column of all('ColumnDef', [...(create?.tableElts ?? []), ...added])) {
      const given = all('Constraint', column.constraints).find(({ contype }) => contype === 'CONSTR_DEFAULT');
      this.#give(given?.raw_expr, this.#names.columnOf(column, create?.relation ?? alter?.relation));
    }
    const [target] = this.#names.relation(alter?.relation);
    for (const { subtype, name = '', def } of commands)
      if (subtype === 'AT_ColumnDefault') this.#give(def, this.#names.columnIn(target, name));
  }

  #give(value: Node | undefined, column: RangeColumn | undefined): void {
    if (column) this.#add(value, column.enum, column.path);
  }

  #add(node: Node | undefined, type: PastEnum | undefined, column: string | undefined): void {
    const { sval, location = 0 } = as('A_Const', node) ?? {};
    if (!type || !sval) return;
    const span = literalAt(this.#statement.migration, this.#parsed.offset(location));
    this.found.push({ enum: type, value: sval.sval ?? '', column, span });
  }
}

/** The rows of VALUES, or the one list of a SELECT. */
function rowsOf(select: SelectStmt | undefined): readonly (readonly Node[])[] {
  const lists = all('List', select?.valuesLists).map(({ items = [] }) => items);
  if (lists.length > 0) return lists;
  // The columns of a UNION get their types together.
  if (select?.op !== 'SETOP_NONE') return [];
  return [all('ResTarget', select.targetList).flatMap(({ val }) => val ?? [])];
}
