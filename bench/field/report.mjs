const count = (list, test) => list.filter(test).length;
const verdictsOf = (claims, key) => verdict => count(claims, claim => claim[key] === verdict);

/** What came of one tool's tests, as lines: counts, then one line for each deviation. */
export function linesOf({ tool, cases, unread, claims, failures }, verbose) {
  const ours = verdictsOf(claims, 'verdict');
  const deviations = claims.filter(({ verdict }) => verdict === 'silent' || verdict === 'loud');
  const lines = [
    `${tool}: ${claims.length} claims of ${cases} cases; ${ours('agree') + deviations.length} compared: ${ours('agree')} agree, ` +
      `${ours('silent')} only they speak, ${ours('loud')} only we speak`,
    `  judged: ${['ours', 'policy', 'case', 'theirs', 'not yet'].map(right => `${right} ${count(deviations, ({ judgement }) => (judgement?.right ?? 'not yet') === right)}`).join(', ')}`,
    `  not compared: ${ours('none')} of rules that we leave out on purpose, ${ours('unparsed')} that Postgres's parser refuses, ${ours('failed')} on which our rules failed; ${unread.length} tests that hold no SQL of theirs`,
  ];
  const squawk = verdictsOf(claims, 'squawks');
  if (claims.some(({ squawks }) => squawks))
    lines.push(
      `  squawk on the same: ${squawk('agree')} agree, ${squawk('silent')} only they speak, ${squawk('loud')} only squawk speaks`,
    );
  for (const [reason, number] of counted(claims.flatMap(({ reason }) => reason ?? [])))
    lines.push(`  left out, ${number}: ${reason}`);
  for (const [error, names] of failures)
    lines.push(`  FAILED in ${names.length}, the first of them ${names[0]}: ${error}`);
  if (verbose) lines.push(...unread.map(name => `  not read: ${name}`));
  const shown = verbose ? claims.filter(({ verdict }) => verdict !== 'none') : deviations;
  return [...lines, ...shown.map(claim => lineOf(tool, claim, verbose)), ''];
}

export function postgresLines({ ran, refused, unmade }, verbose) {
  return [
    `  on Postgres: ${ran} of ${ran + refused.length + unmade.length} scripts run behind the tables made for them, ${refused.length} are refused, for ${unmade.length} the tables cannot be made`,
    ...(verbose ? [...unmade, ...refused].map(reason => `  refused: ${reason}`) : []),
  ];
}

function lineOf(tool, { verdict, name, rule, speaks, said, sql, judgement }, verbose) {
  return [
    ...(verbose ? [verdict] : []),
    tool,
    name,
    `${rule} ${speaks ? 'speaks' : 'is silent'}`,
    said.length > 0 ? said.join(', ') : 'nothing',
    ...(verdict === 'agree' ? [] : [`right: ${judgement?.right ?? 'not judged yet'}`]),
    oneLine(sql),
  ].join(' | ');
}

function oneLine(sql) {
  const bare = sql
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return bare.length > 400 ? `${bare.slice(0, 400)} …` : bare;
}

const counted = list => [...list.reduce((counts, each) => counts.set(each, (counts.get(each) ?? 0) + 1), new Map())];
