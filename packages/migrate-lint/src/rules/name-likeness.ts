import { singular, words } from '@migrate-lint/core';

/**
 * Whether two names are probably the old and the new one of a thing: the same words in another case or number, one word less or more
 * (`phone`, `phoneNumber`), or a few letters of difference (`adress`, `address`). Stricter than likeness: a wrong guess is a false alarm.
 */
export function mayBeRenamed(from: string, to: string): boolean {
  const one = bare(from);
  const other = bare(to);
  // `category` and `categoryId`, `token` and `tokenHash` hold different things.
  if (kinds.some(kind => one.includes(kind) !== other.includes(kind))) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const holds = short.every(word => long.includes(word));
  if (holds && short.length === long.length) return true;
  if (holds) return long.length - short.length === 1 && short.some(word => !weak.has(word));
  const differing = one.filter((word, at) => word !== other[at]);
  return (
    one.length === other.length && differing.length === 1 && one.every((word, at) => isSlip(word, other[at] ?? ''))
  );
}

function bare(name: string): readonly string[] {
  return words(name).map(singular);
}

/** Words that say what a value is: who puts one in a name or takes it out has other values in mind. */
const kinds = ['id', 'key', 'hash', 'hashed', 'encrypted', 'path', 'count'];

/** Words that stand in so many names that sharing them says nothing. */
const weak: ReadonlySet<string> = new Set(
  'id at is has by type status state name date time count number total url key code data value created updated user text note'.split(
    ' ',
  ),
);

/** Whether two words are one, or differ in one place by a letter, in a long word by two. */
function isSlip(one: string, other: string): boolean {
  if (one === other) return true;
  const longest = Math.max(one.length, other.length);
  if (longest < 5) return false;
  let start = 0;
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return longest - start - end <= (longest > 7 ? 2 : 1);
}
