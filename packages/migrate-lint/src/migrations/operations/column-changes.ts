import type { ColumnChange, PastColumn } from '@migrate-lint/core';
import { behind, written } from '../excerpts.ts';
import { as, strings } from '../nodes.ts';
import { describeDefault, typeIn } from '../past/describe-column.ts';
import { typeText } from '../past/types.ts';
import type { Clause } from './alter-table.ts';
import { dependentsOf } from './dependents.ts';
import type { Told } from './scene.ts';

/** A subcommand about one column. */
export function columnChange(clause: Clause, kind: ColumnChange['kind']): readonly Told[] {
  const { scene, thing, base, table, command, stretch } = clause;
  const { step } = scene;
  const name = command.name ?? '';
  const found = thing && step.objects.part(thing, 'column', name);
  const ifExists = command.missing_ok ?? false;
  const definition = kind === 'alter type' ? as('ColumnDef', command.def) : undefined;
  const type = typeIn(step, definition?.typeName);
  const using = definition?.raw_default && stretch && behind(step.text, stretch, 'using');
  const value = kind === 'set default' ? describeDefault(step, command.def, stretch) : undefined;
  const known = table.column(name);
  if (!known && ifExists && !table.open) return [];
  const to = type && typeText(type);
  if (step.restates && isAsItWas(kind, known, to, value?.sql)) return [];
  const { span, conditional, existedBefore } = base;
  return [
    {
      span,
      conditional,
      table,
      existedBefore,
      kind,
      column: known ?? scene.unknownColumn(table, name),
      to,
      collation: strings(definition?.collClause?.collname).at(-1),
      using: using && written(step.text, using),
      default: value && { sql: value.sql, volatility: value.volatility },
      ifExists,
      cascade: command.behavior === 'DROP_CASCADE',
      dependents: found && (kind === 'drop column' || kind === 'alter type') ? dependentsOf(found) : [],
    },
  ];
}

/** Whether a clause that says all of a column leaves this of it as it was; of what is not known it says no change. */
function isAsItWas(
  kind: ColumnChange['kind'],
  column: PastColumn | undefined,
  type: string | undefined,
  value: string | undefined,
): boolean {
  if (column?.type === undefined) return kind !== 'alter type';
  if (kind === 'alter type') return column.type === type;
  if (kind === 'set not null') return column.notNull;
  if (kind === 'drop not null') return !column.notNull;
  if (kind === 'set default' || kind === 'drop default') return column.default?.sql === value;
  return kind === 'add identity' && column.identity !== undefined;
}
