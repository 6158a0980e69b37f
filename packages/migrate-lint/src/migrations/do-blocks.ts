import type { DoStmt } from 'libpg-query';
import { nextToken } from './clauses.ts';
import { all, as } from './nodes.ts';
import { parseStatements, SqlSyntaxError } from './parser.ts';
import type { StepSource } from './step.ts';

/** Statements that change objects. Others in a block are of no interest. */
const starts =
  /^(?:create|alter|drop|comment|grant|revoke|set|reset|execute|perform|insert|update|delete|merge|truncate|lock|with|refresh|reindex|analyze|cluster|vacuum|import|reassign|copy)$/i;
/** Behind these words of PL/pgSQL a new statement starts. */
const leads = /^(?:begin|then|else|loop)$/i;

/**
 * The DDL that stands in a `DO` block as it is, or as the literal of an `EXECUTE`. What is put together at run time cannot be
 * read, and conditions are not evaluated.
 */
export function blockStatements(block: DoStmt): readonly StepSource[] {
  return pieces(bodyOf(block)).flatMap(piece => {
    const [, word = '', expression = ''] = /^(execute|perform)\b([^]*)/i.exec(piece) ?? [];
    if (word === '') return parsed(piece);
    const select = parsed(`SELECT ${expression}`);
    if (word.toLowerCase() === 'perform') return select;
    return parsed(literalOf(select) ?? '');
  });
}

/** Whether a block executes a text that only its run puts together. */
export function isDynamic(block: DoStmt): boolean {
  return pieces(bodyOf(block)).some(piece => {
    const [, expression] = /^execute\b([^]*)/i.exec(piece) ?? [];
    return expression !== undefined && literalOf(parsed(`SELECT ${expression}`)) === undefined;
  });
}

function bodyOf(block: DoStmt | undefined): string {
  const body = all('DefElem', block?.args).find(({ defname }) => defname === 'as');
  return as('String', body?.arg)?.sval ?? '';
}

function literalOf(select: readonly StepSource[]): string | undefined {
  const targets = select.flatMap(source => all('ResTarget', as('SelectStmt', source.parsed.node)?.targetList));
  return as('A_Const', targets[0]?.val)?.sval?.sval;
}

function pieces(text: string): readonly string[] {
  const found: string[] = [];
  let start: number | undefined;
  let mayStart = true;
  let inHandler = false;
  for (let token = nextToken(text, 0); token; token = nextToken(text, token.end)) {
    if (token.first === ';') {
      if (start !== undefined && !inHandler) found.push(text.slice(start, token.start));
      start = undefined;
      mayStart = true;
    } else if (start === undefined) {
      const word = text.slice(token.start, token.end);
      if (mayStart && starts.test(word)) start = token.start;
      // What a handler does, it does only when something failed.
      if (mayStart && /^exception$/i.test(word)) inHandler = true;
      else if (mayStart && /^end\b(?!\s+(?:if|loop|case)\b)/i.test(text.slice(token.start, token.start + 20)))
        inHandler = false;
      mayStart = leads.test(word);
    }
  }
  return found;
}

/** A piece of PL/pgSQL need not be SQL. */
function parsed(text: string): readonly StepSource[] {
  try {
    return parseStatements(text).map(statement => ({ text, parsed: statement }));
  } catch (error) {
    if (error instanceof SqlSyntaxError) return [];
    throw error;
  }
}
