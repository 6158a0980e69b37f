import fc from 'fast-check';
import { nextToken } from '../src/migrations/clauses.ts';
import { History } from '../src/migrations/history.ts';

/** A few statements, most of them with some tokens left out, said twice, put elsewhere, or in the place of others. */
export function mutated(statements: readonly string[]): fc.Arbitrary<readonly string[]> {
  const tokens = statements.map(tokensOf);
  const place = fc.nat(10_000);
  const number = fc.integer({ min: 0, max: 3 });
  const change = fc.record({ at: place, length: number, from: place, put: number });
  const statement = fc
    .record({
      base: fc.nat(statements.length - 1),
      other: fc.nat(statements.length - 1),
      changes: fc.array(change, { maxLength: 2 }),
      cut: fc.oneof({ arbitrary: fc.constant(null), weight: 9 }, place),
    })
    .map(({ base, other, changes, cut }) => {
      const mutant = [...(tokens[base] ?? [])];
      const source = tokens[other] ?? [];
      for (const { at, length, from, put } of changes) {
        const start = from % (source.length + 1);
        mutant.splice(at % (mutant.length + 1), length, ...source.slice(start, start + put));
      }
      const text = mutant.join('');
      return cut === null ? text : text.slice(0, cut % (text.length + 1));
    });
  return fc.array(statement, { minLength: 1, maxLength: 15, size: 'max' });
}

/** Words and signs, each with the blanks behind it. */
function tokensOf(text: string): readonly string[] {
  const found: string[] = [];
  let start = 0;
  for (let token = nextToken(text, 0); token; token = nextToken(text, token.end)) {
    const next = nextToken(text, token.end);
    const end = next?.start ?? text.length;
    found.push(text.slice(start, end));
    start = end;
  }
  return found;
}

/** Reads all that the statements of a text say, behind a history; what is wrong about it. */
export function complaints(before: string, text: string): readonly string[] {
  const history = new History([
    { name: '1', file: '1', text: before },
    { name: '2', file: '2', text },
    { name: '3', file: '3', text: 'SELECT 1' },
  ]);
  return history.migrations.flatMap(({ statements, syntaxError, text: whole }) => {
    const spans = syntaxError ? [syntaxError.span] : [];
    const inside = statements.flatMap(({ operations, before: catalog, span, repetitions }) => {
      const shown = [
        ...operations.map(operation => operation.span),
        ...repetitions.flatMap(each => [each.span, each.first]),
      ];
      // Postgres refuses some of these histories: two things may have one name then.
      const tables = catalog.tables.filter(({ path }) => !catalog.relation(path));
      return [
        ...shown
          .filter(({ start, end }) => start < span.start || end > span.end || start >= end)
          .map(place => `outside ${JSON.stringify(place)}`),
        ...tables.map(({ path }) => `not found: ${path}`),
      ];
    });
    return [
      ...inside,
      ...spans
        .filter(({ start, end }) => start < 0 || end > whole.length)
        .map(place => `syntax error outside ${JSON.stringify(place)}`),
    ];
  });
}
