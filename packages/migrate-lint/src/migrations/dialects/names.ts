import type { Node } from 'libpg-query';

export function string(sval: string): Node {
  return { String: { sval } };
}

export function strings(names: readonly string[]): Node[] {
  return names.map(string);
}
