/** What a CI system says of the run. */
export interface CiRun {
  /** The branch that a pull request goes to. */
  readonly target: string | undefined;
  /** The commit that the branch had before this push. */
  readonly before: string | undefined;
  /** A JSON file with more about the event, which GitHub writes. */
  readonly eventPath: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Each CI system has one of these; most set `CI`, too. */
const signs = [
  'GITHUB_ACTIONS',
  'GITHUB_BASE_REF',
  'GITLAB_CI',
  'TF_BUILD',
  'JENKINS_URL',
  'TEAMCITY_VERSION',
  'BITBUCKET_BUILD_NUMBER',
  'BUILDKITE',
  'CIRCLECI',
  'TRAVIS',
  'DRONE',
  'CODEBUILD_BUILD_ID',
];

/** Where they name the branch that a pull request goes to: GitHub, GitLab, Azure, Bitbucket, Jenkins, Buildkite, Drone. */
const targets = [
  'GITHUB_BASE_REF',
  'CI_MERGE_REQUEST_TARGET_BRANCH_NAME',
  'SYSTEM_PULLREQUEST_TARGETBRANCH',
  'BITBUCKET_PR_DESTINATION_BRANCH',
  'CHANGE_TARGET',
  'BUILDKITE_PULL_REQUEST_BASE_BRANCH',
];

/** Undefined outside of CI. */
export function ciRun(environment: Environment): CiRun | undefined {
  const said = (name: string): string | undefined => {
    const text = environment[name]?.trim() ?? '';
    return text === '' ? undefined : text;
  };
  const isOn = (name: string): boolean => !['false', '0', undefined].includes(said(name)?.toLowerCase());
  if (!isOn('CI') && !signs.some(isOn)) return undefined;
  // Travis and Drone name the branch of every build, and only something else tells a pull request.
  const travis = isOn('TRAVIS_PULL_REQUEST') ? said('TRAVIS_BRANCH') : undefined;
  const drone = said('DRONE_PULL_REQUEST') ? said('DRONE_TARGET_BRANCH') : undefined;
  const target = targets.map(said).find(name => name !== undefined) ?? travis ?? drone;
  return {
    target: target?.replace(/^refs\/heads\//, ''),
    before: said('CI_COMMIT_BEFORE_SHA'),
    eventPath: said('GITHUB_EVENT_PATH'),
  };
}
