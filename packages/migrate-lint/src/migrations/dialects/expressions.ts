import type { Node } from 'libpg-query';
import type { Stretch } from '../clauses.ts';
import { as } from '../nodes.ts';
import { parseStatements } from '../parser.ts';

/** What no parser of ours reads: it is neither constant nor true. */
export const opaque: Node = { FuncCall: { funcname: [{ String: { sval: 'unread' } }] } };

/** An expression as Postgres's parser has it; without places, for they would be those of another text. */
export function readExpression(text: string, { start, end }: Stretch): Node {
  const sql = text.slice(start, end).trim();
  // Bits of MySQL and moments of both have other names in Postgres.
  if (/^current_timestamp\s*\(\s*\)$/i.test(sql)) return { SQLValueFunction: { op: 'SVFOP_CURRENT_TIMESTAMP' } };
  try {
    const [select] = parseStatements(`SELECT ${sql}`);
    const [target] = as('SelectStmt', select?.node)?.targetList ?? [];
    const value = as('ResTarget', target)?.val;
    return value ? withoutPlaces(value) : opaque;
  } catch {
    return opaque;
  }
}

export function withoutPlaces<Tree>(tree: Tree): Tree {
  if (Array.isArray(tree)) {
    for (const item of tree) withoutPlaces<unknown>(item);
  } else if (typeof tree === 'object' && tree !== null) {
    if ('location' in tree) delete tree.location;
    for (const value of Object.values(tree)) withoutPlaces<unknown>(value);
  }
  return tree;
}
