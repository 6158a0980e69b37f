import { locator, type Audit, type Report, type ReportedLock } from '@migrate-lint/core';

/** The report with what the migrations lock, and why some of it was not measured. */
export async function withLocks({
  report,
  files,
  fact,
}: Audit): Promise<{ readonly report: Report; readonly unmeasured: string | undefined }> {
  const { statements, unmeasured } = await fact('locks');
  const locate = locator(files);
  const locks = statements.flatMap(({ path, statement, locks: own }) =>
    own.map((lock): ReportedLock => ({ statement: path, location: locate(statement.span), ...lock })),
  );
  return { report: { ...report, locks }, unmeasured };
}
