import type { Corrections } from './corrections.ts';
import { quoteIdentifier, quoteLiteral, type Database } from './database.ts';
import type { BodyFault } from './doubts.ts';
import { callable } from './routine-query.ts';
import { nameAt, type Refusal } from './statement-check.ts';

/** What a refusal says is wrong, without its place. */
export interface RefusedName extends Omit<BodyFault, 'start' | 'end'> {
  /** The schema that the body says before the name. */
  readonly schema: string | undefined;
}

/** Operators that extensions overload, but that Postgres itself has. */
const operators = ['=', '<>', '<', '>', '<=', '>=', '||', '+', '-', '*', '/', '->', '->>', '~~', '!~~'];

/** Reads a refusal of Postgres; undefined for one of which it is not sure that a call would meet it. */
export async function nameRefused(
  refusal: Refusal,
  body: string,
  path: string,
  { database, corrections }: { readonly database: Database; readonly corrections: Corrections },
): Promise<RefusedName | undefined> {
  const { code, message, node, place, tables, guessed } = refusal;
  const literal = body[place.start] === "'" ? body.slice(place.start + 1, place.end - 1) : undefined;
  const { text, names } = nameAt(body, place.start);
  const name = names.at(-1) ?? '';
  const fault = { message, of: null, name, schema: names.at(-2), correction: null };
  switch (code) {
    case '42P01': {
      if (node !== 'RangeVar') {
        const table = literal?.split('.').at(-1);
        return table === undefined ? undefined : { ...fault, kind: 'table', name: table, schema: undefined };
      }
      const correction = corrections.table(spelling(text), path) ?? null;
      // It is there: the role that looks may not see its schema.
      return correction === quoteIdentifier(name) ? undefined : { ...fault, kind: 'table', correction };
    }
    case '42703': {
      const said = /of relation "(.+)"/.exec(message)?.[1];
      const among = said === undefined ? tables : [said];
      const correction = corrections.column(spelling(text), among);
      const of = among.length === 1 ? (among[0] ?? null) : null;
      return text === ''
        ? undefined
        : {
            ...fault,
            kind: 'column',
            of,
            schema: undefined,
            correction: correction === undefined ? null : withLast(text, correction),
          };
    }
    case '42883': {
      if (node !== 'FuncCall') {
        const operator = /: \S+(?: \S+)*? ([^\w\s"]+) /.exec(message)?.[1] ?? '';
        return guessed || !operators.includes(operator)
          ? undefined
          : { ...fault, kind: 'statement', name: '', schema: undefined };
      }
      const places = await database.query<{ readonly schema: string }>(callable(quoteLiteral(name)));
      const there = places.some(({ schema }) => fault.schema === undefined || schema === fault.schema);
      const correction = corrections.function(spelling(text), path) ?? null;
      if (there && fault.schema === undefined && correction?.includes('.') === true)
        return { ...fault, kind: 'function', correction };
      if (there) return guessed ? undefined : { ...fault, kind: 'statement', name: '' };
      return { ...fault, kind: 'function', correction };
    }
    case '42704':
      if (node === 'TypeName')
        return { ...fault, kind: 'type', correction: corrections.type(spelling(text), path) ?? null };
      return /^constraint "(.+)" for/.test(message)
        ? { ...fault, kind: 'constraint', name: /"(.+?)"/.exec(message)?.[1] ?? '', schema: undefined }
        : undefined;
    case '22P02': {
      const type = /^invalid input value for enum (.+?): "/.exec(message)?.[1] ?? null;
      if (literal === undefined) return undefined;
      const value = literal.replaceAll("''", "'");
      const correction = type === null ? null : (corrections.value(value, type) ?? null);
      return {
        ...fault,
        kind: 'value',
        name: value,
        of: type?.replaceAll('"', '') ?? null,
        schema: undefined,
        correction,
      };
    }
    // Columns and values that do not fit.
    case '42804':
    case '42601':
      return guessed ? undefined : { ...fault, kind: 'statement', name: '', schema: undefined };
    default:
      return undefined;
  }
}

/** The last name of a chain with its capitals, which Postgres has folded away. */
export function spelling(text: string): string {
  const last = /(?:"((?:[^"]|"")*)"|([\w$\x80-\uffff]+))\s*$/.exec(text);
  return last?.[1] ?? last?.[2] ?? '';
}

/** A chain with another last name. */
export function withLast(text: string, name: string): string {
  return text.replace(/(?:"(?:[^"]|"")*"|[\w$\x80-\uffff]+)\s*$/, () => name);
}
