interface Version<State> {
  readonly from: number;
  readonly path: string;
  readonly state: State | undefined;
}

/** The states of many things over time: looked up by path and by the number of a statement. */
export class Versions<State extends { readonly id: number }> {
  readonly #byPath = new Map<string, Version<State>[]>();
  readonly #inOrder: Version<State>[] = [];
  /** All that was there at the point that was asked for last, for statements are asked one after the other. */
  #seen = 0;
  #there = new Map<string, State>();
  #list: readonly State[] | undefined;

  /** From this statement on, which is no earlier one than that of any call before. */
  set(path: string, from: number, state: State | undefined): void {
    const versions = this.#byPath.get(path);
    const version = { from, path, state };
    if (!versions && !state) return;
    this.#inOrder.push(version);
    if (!versions) this.#byPath.set(path, [version]);
    else if (versions.at(-1)?.from === from) versions[versions.length - 1] = version;
    else versions.push(version);
  }

  /** The thing has this path no more; another one may have it already. */
  end(path: string, from: number, id: number): void {
    if (this.#byPath.get(path)?.at(-1)?.state?.id === id) this.set(path, from, undefined);
  }

  at(path: string, statement: number): State | undefined {
    const versions = this.#byPath.get(path) ?? [];
    return versions[firstAfter(versions, statement) - 1]?.state;
  }

  /** Whether there was something of this path, and is nothing now. */
  isGone(path: string): boolean {
    const versions = this.#byPath.get(path);
    return versions !== undefined && versions.at(-1)?.state === undefined;
  }

  /** All that was there. */
  all(statement: number): readonly State[] {
    const end = firstAfter(this.#inOrder, statement);
    if (end < this.#seen) {
      this.#seen = 0;
      this.#there = new Map();
    }
    if (end !== this.#seen) this.#list = undefined;
    for (; this.#seen < end; this.#seen += 1) {
      const { path, state } = this.#inOrder[this.#seen] ?? { path: '', state: undefined };
      if (state) this.#there.set(path, state);
      else this.#there.delete(path);
    }
    return (this.#list ??= [...this.#there.values()]);
  }
}

/** The place of the first version that is later than a statement. */
function firstAfter(versions: readonly { readonly from: number }[], statement: number): number {
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((versions[middle]?.from ?? 0) <= statement) low = middle + 1;
    else high = middle;
  }
  return low;
}
