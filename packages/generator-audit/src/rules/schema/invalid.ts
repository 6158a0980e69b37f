import { defineRule } from '@migrate-lint/core';

export default defineRule({
  id: 'schema/invalid',
  level: 'critical',
  category: 'integrity',
  needs: ['validation'],
  docs: {
    summary: "Prisma's validator refuses the schema.",
    why: `No client can be generated and no migration can be made from a schema that is not valid, so the next build or deploy
fails. Each error of Prisma's own validator is one finding at its place in the file that holds it, in a folder of files too; a
model or an enum that is declared twice names both places. The other \`schema/\` rules cannot read such a schema and are
reported as skipped.`,
    bad: `model Post {
  id     Int  @id
  author User @relation(fields: [authorId], references: [id])
}

model User {
  id    Int    @id
  posts Post[]
}`,
    good: `model Post {
  id       Int  @id
  author   User @relation(fields: [authorId], references: [id])
  authorId Int

  @@index([authorId])
}

model User {
  id    Int    @id
  posts Post[]
}`,
  },

  subjects: ({ validation }) => validation.files,
  check: ({ errors }) =>
    errors.map(({ message, span, related }, at) => {
      const text = asSentence(message);
      // The place of an error moves with every edit, its text does not; the same text twice needs a number.
      const earlier = errors.slice(0, at).filter(other => asSentence(other.message) === text).length;
      return { span, message: text, related, aspect: earlier === 0 ? text : `${text} #${String(earlier + 1)}` };
    }),
});

/** The validator writes some of its messages in several sentences and lines, and may quote anything that stands in the file. */
function asSentence(message: string): string {
  const line = message
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/[.!?] (?=\p{Lu})/gu, '; ')
    .trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
