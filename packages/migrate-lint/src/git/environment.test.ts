import { expect, test } from '@jest/globals';
import { ciRun } from './environment.ts';

test.each([{}, { CI: 'false' }, { CI: '0' }, { CI: '' }, { TRAVIS_BRANCH: 'main' }])('%j is no CI', environment => {
  expect(ciRun(environment)).toBeUndefined();
});

test.each([
  [{ CI: 'true' }, undefined],
  [{ CI: '1' }, undefined],
  [{ TF_BUILD: 'True' }, undefined],
  [{ JENKINS_URL: 'https://ci.example.org' }, undefined],
  // A push has the variable, too, and it is empty.
  [{ GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: '' }, undefined],
  [{ GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'main' }, 'main'],
  [{ GITLAB_CI: 'true', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'develop' }, 'develop'],
  [{ TF_BUILD: 'True', SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/release/1' }, 'release/1'],
  [{ CI: 'true', BITBUCKET_PR_DESTINATION_BRANCH: 'main' }, 'main'],
  [{ JENKINS_URL: 'x', CHANGE_TARGET: 'main' }, 'main'],
  [{ BUILDKITE: 'true', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' }, 'main'],
  [{ TRAVIS: 'true', TRAVIS_BRANCH: 'feature', TRAVIS_PULL_REQUEST: 'false' }, undefined],
  [{ TRAVIS: 'true', TRAVIS_BRANCH: 'main', TRAVIS_PULL_REQUEST: '12' }, 'main'],
  [{ DRONE: 'true', DRONE_TARGET_BRANCH: 'main', DRONE_PULL_REQUEST: '12' }, 'main'],
])('%j goes to %s', (environment, target) => {
  expect(ciRun(environment)).toMatchObject({ target });
});
