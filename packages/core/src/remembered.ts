/** A function of a name that remembers its answers: a schema says the same few names over and over. */
export function remembered<Answer>(answer: (name: string) => Answer): (name: string) => Answer {
  const known = new Map<string, Answer>();
  return name => {
    let found = known.get(name);
    if (found === undefined) {
      found = answer(name);
      known.set(name, found);
    }
    return found;
  };
}

/** A function of a thing that remembers its answers for as long as the thing is there: dozens of rules ask the same of one schema or history. */
export function rememberedFor<Thing extends object, Answer>(
  answer: (thing: Thing) => Answer,
): (thing: Thing) => Answer {
  const known = new WeakMap<Thing, { readonly answer: Answer }>();
  return thing => {
    let found = known.get(thing);
    if (!found) {
      found = { answer: answer(thing) };
      known.set(thing, found);
    }
    return found.answer;
  };
}
