import { judgements } from './judgements.mjs';

const isDeviation = ({ verdict }) => verdict === 'silent' || verdict === 'loud';
const judgedAs = right => claim => isDeviation(claim) && (claim.judgement?.right ?? 'theirs') === right;
const count = (list, test) => list.filter(test).length;

/** The tables of docs/field.md: the counts of each tool, then for each who is right the groups of deviations. */
export function markdown(results) {
  const rows = results.map(({ tool, claims }) => [
    tool,
    claims.length,
    count(claims, ({ verdict }) => verdict === 'none'),
    count(claims, ({ verdict }) => verdict !== 'none'),
    count(claims, ({ verdict }) => verdict === 'agree'),
    ...['ours', 'policy', 'case', 'theirs'].map(right => count(claims, judgedAs(right))),
  ]);
  const sums = rows.reduce(
    (sum, row) => sum.map((value, index) => (index === 0 ? '**all**' : value + row[index])),
    ['', ...Array(8).fill(0)],
  );
  return [
    ...table(
      ['tool', 'claims', 'left out', 'compared', 'agree', 'ours right', 'policy', 'not comparable', 'open'],
      [...rows, sums],
    ),
    ...['ours', 'policy', 'case', 'theirs'].flatMap(right => ['', `## ${right}`, '', ...groups(results, right)]),
  ].join('\n');
}

function groups(results, right) {
  const rows = judgements
    .filter(judgement => judgement.right === right)
    .map(judgement => {
      const whose = results.flatMap(({ tool, claims }) => {
        const number = count(claims, claim => isDeviation(claim) && claim.judgement === judgement);
        return number > 0 ? [`${tool} ${number}`] : [];
      });
      return [judgement.why, whose.join(', ')];
    })
    .filter(([, whose]) => whose !== '');
  return rows.length > 0 ? table(['', 'deviating'], rows) : ['Nothing.'];
}

const table = (head, rows) => [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`);
