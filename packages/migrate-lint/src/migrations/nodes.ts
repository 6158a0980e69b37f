import type { FunctionParameter, Node, TypeName } from 'libpg-query';

type KeyOf<Union> = Union extends unknown ? keyof Union : never;
/** `CreateStmt`, `RangeVar`, …: the name of a kind of node. */
export type NodeName = KeyOf<Node>;
export type Body<Name extends NodeName> =
  Extract<Node, Record<Name, unknown>> extends infer Found ? Found[Name & keyof Found] : never;

/** Of what kind a node is; undefined for one without any. */
export function kindOf(node: Node): NodeName | undefined {
  for (const name in node) return name as NodeName;
  return undefined;
}

/** The body of a node, of whatever kind. */
export function bodyOf(node: Node, kind: NodeName): unknown {
  return (node as unknown as Readonly<Record<string, unknown>>)[kind];
}

/** The body of a node if it is of this kind. */
export function as<Name extends NodeName>(name: Name, node: Node | undefined): Body<Name> | undefined {
  return (node as Partial<Record<string, unknown>> | undefined)?.[name] as Body<Name> | undefined;
}

/** The bodies of the nodes of this kind in a list. */
export function all<Name extends NodeName>(name: Name, nodes: readonly Node[] | undefined): readonly Body<Name>[] {
  if (!nodes) return none;
  // Mostly all are, and what `map` makes is as long as it has to be.
  const bodies = nodes.map((node): unknown => as(name, node));
  const found = bodies.includes(undefined) ? bodies.filter(body => body !== undefined) : bodies;
  return found as readonly Body<Name>[];
}

const none: readonly never[] = [];

/** The strings of a list of names. */
export function strings(nodes: readonly Node[] | undefined): readonly string[] {
  return all('String', nodes).map(sval);
}

function sval(string: Body<'String'>): string {
  return string.sval ?? '';
}

/** A possibly qualified name. */
export interface QualifiedName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** The last two names of a list; in front of them there can only be the database. */
export function qualified(names: readonly string[]): QualifiedName {
  return { schema: names.at(-2), name: names.at(-1) ?? '' };
}

/** The name of the object of a DROP, COMMENT or ALTER, in any of the forms in which the parser writes it. */
export function objectNames(node: Node | undefined): readonly string[] {
  const string = as('String', node)?.sval;
  if (string !== undefined) return [string];
  const table = as('RangeVar', node);
  if (table) return [...(table.schemaname === undefined ? [] : [table.schemaname]), table.relname ?? ''];
  return strings(as('List', node)?.items ?? as('TypeName', node)?.names ?? as('ObjectWithArgs', node)?.objname);
}

/** What tells the overloads of a function apart: the types of its input parameters. */
export function signature(parameters: readonly FunctionParameter[]): string {
  return parameters
    .filter(({ mode }) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE')
    .map(({ argType }) => typeText(argType))
    .join();
}

function typeText(type: TypeName | undefined): string {
  return `${strings(type?.names).at(-1) ?? ''}${'[]'.repeat(Math.min(1, type?.arrayBounds?.length ?? 0))}`;
}

/** Visits all nodes below and the parts of them that are no plain values, in the order of the text. A sum of thousands is as deep as it is long, so nothing here calls itself. */
export function walk(tree: unknown, visit: (name: string, body: unknown) => void): void {
  const names = [''];
  const bodies = [tree];
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    const body = bodies.pop();
    if (name !== '') visit(name, body);
    if (typeof body === 'object' && body !== null) pushBelow(body, names, bodies);
  }
}

/** Puts what a node or a list holds on two stacks, so that it is taken from them in the order of the text; an item of a list has no name. */
export function pushBelow(body: object, names: string[], bodies: unknown[]): void {
  const isList = Array.isArray(body);
  const keys = Object.keys(body);
  for (let at = keys.length - 1; at >= 0; at -= 1) {
    const key = keys[at] ?? '';
    const value = (body as Readonly<Record<string, unknown>>)[key];
    if (typeof value !== 'object') continue;
    names.push(isList ? '' : key);
    bodies.push(value);
  }
}

/** The columns that an expression reads, by their bare names; `*` where it reads all. */
export function columnsIn(...expressions: readonly unknown[]): readonly string[] {
  if (expressions.every(each => each === undefined)) return none;
  const found = new Set<string>();
  walk(expressions, (name, body) => {
    if (name !== 'ColumnRef') return;
    const { fields } = body as Body<'ColumnRef'>;
    const last = fields?.at(-1);
    found.add(as('A_Star', last) ? '*' : (as('String', last)?.sval ?? ''));
  });
  return [...found];
}

/** The tables and views that a query reads. */
export function relationsIn(query: unknown): readonly QualifiedName[] {
  const found: QualifiedName[] = [];
  walk(query, (name, body) => {
    if (name !== 'RangeVar') return;
    const { schemaname, relname } = body as Body<'RangeVar'>;
    found.push({ schema: schemaname, name: relname ?? '' });
  });
  return found;
}
