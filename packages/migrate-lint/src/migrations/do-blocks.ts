import type { DoStmt, Node } from 'libpg-query';
import { nextToken } from './clauses.ts';
import { all, as } from './nodes.ts';
import { parseStatements, SqlSyntaxError } from './parser.ts';

/** Statements that change objects. Others in a block are of no interest. */
const starts = /^(?:create|alter|drop|comment|grant|revoke|set|execute|perform)$/i;
/** Behind these words of PL/pgSQL a new statement starts. */
const leads = /^(?:begin|then|else|loop)$/i;

/**
 * The DDL that stands in a `DO` block as it is, or as the literal of an `EXECUTE`. What is put together at run time cannot be
 * read, and conditions are not evaluated.
 */
export function blockStatements(block: DoStmt | undefined): readonly Node[] {
  if (!block) return [];
  const body = all('DefElem', block.args).find(({ defname }) => defname === 'as');
  return pieces(as('String', body?.arg)?.sval ?? '').flatMap(piece => {
    const [, word = '', expression = ''] = /^(execute|perform)\b([^]*)/i.exec(piece) ?? [];
    if (word === '') return nodes(piece);
    const select = nodes(`SELECT ${expression}`);
    if (word.toLowerCase() === 'perform') return select;
    const [target] = all('SelectStmt', select).flatMap(({ targetList }) => all('ResTarget', targetList));
    return nodes(as('A_Const', target?.val)?.sval?.sval ?? '');
  });
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
function nodes(sql: string): readonly Node[] {
  try {
    return parseStatements(sql).map(({ node }) => node);
  } catch (error) {
    if (error instanceof SqlSyntaxError) return [];
    throw error;
  }
}
