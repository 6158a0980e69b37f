import type { RuleDocs } from './rule.ts';

const model = (comment: string): string => `model Visit {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  ${comment}
  userId Int
}
`;

const good = model(
  '// migrate-lint-ignore schema/unindexed-foreign-key -- never joined from the user, 40 rows at most',
);

/** The pages of the rules about suppressions. */
export const suppressionDocs = {
  'expired-suppression': {
    summary: 'A suppression is past the day until which it was to hold.',
    why: 'Somebody wrote down by when the finding would be mended. From the day after, the suppression no longer counts and the finding is back; this finding says why. Mend the one, or give the other a new date.',
    bad: model('// migrate-lint-ignore schema/unindexed-foreign-key -- until the import is over until 2020-01-31'),
    good,
    guards: ['The day itself still counts.'],
  },
  'suppression-without-reason': {
    summary: 'A suppression does not say why.',
    why: 'A year later nobody knows whether a suppression without a reason is a decision or an escape, and nobody dares to delete it. It suppresses nothing until a reason stands behind `--`.',
    bad: model('// migrate-lint-ignore schema/unindexed-foreign-key'),
    good,
  },
  'unknown-suppression': {
    summary: 'A suppression names a rule that does not exist.',
    why: 'A mistyped name suppresses nothing, and whoever reads the comment believes that it does. The nearest rule is named.',
    bad: model('// migrate-lint-ignore schema/unindexed-foreign-keys -- 40 rows at most'),
    good,
    guards: ['A rule of a group that this tool does not hold, such as `drift/…` in the generator, is not judged.'],
  },
  'unused-suppression': {
    summary: 'A suppression suppresses nothing.',
    why: 'The finding is gone and the comment stayed. There it waits to hide the next finding of the same rule at this place, which nobody has judged.',
    bad: `model User {
  // migrate-lint-ignore schema/unindexed-foreign-key -- 40 rows at most
  id Int @id
}
`,
    good: `model User {
  id Int @id
}
`,
    guards: ['Only said when the rule ran; a rule that is off or could not run says nothing about its suppressions.'],
  },
} as const satisfies Record<string, RuleDocs>;
