import { describe, expect, test } from '@jest/globals';
import { isChoiceName, isStateName, listedValues } from './listed-values.ts';

describe('listedValues', () => {
  test.each([
    ["'pending' | 'approved'", ['pending', 'approved'], true],
    ['draft|live|past-due', ['draft', 'live', 'past-due'], true],
    ['the state of the deploy: building|live', ['building', 'live'], true],
    ['"google" or "microsoft"', ['google', 'microsoft'], true],
    ['"LINK" or "TEXT" - how it is shown', ['LINK', 'TEXT'], true],
    ['low, medium, high', ['low', 'medium', 'high'], false],
    ['TOKENS, SECONDS, or IMAGES', ['TOKENS', 'SECONDS', 'IMAGES'], false],
    ['open / closed.', ['open', 'closed'], false],
    ['"ai_update" (AI), "manual_update" (user)', ['ai_update', 'manual_update'], false],
  ])('reads %s', (comment, values, choice) => {
    expect(listedValues(comment)).toEqual({ values, choice, complete: true });
  });
  test.each(['paid, failed, etc.', 'paid, failed, ...', "'a' | 'b' | ...", 'a, b, …'])('%s is not all', comment => {
    expect(listedValues(comment)?.complete).toBe(false);
  });
  test.each([
    '',
    'The status of the order',
    'e.g. open, closed',
    "(e.g. 'active', 'trialing')",
    'Required, see docs',
    'commit or article URL',
    'Slack workspace ID, Discord server ID',
    'Record<string, number> | null',
    'https://example.com/a/b',
    '20_YEARS, 10_YEARS',
  ])('reads nothing from %s', comment => {
    expect(listedValues(comment)).toBeUndefined();
  });
});

test('names of states and of other choices', () => {
  expect(['status', 'paymentState', 'role', 'entry_type'].filter(name => isStateName(name))).toHaveLength(4);
  expect(['locale', 'contentType', 'stripeStatus', 'currency', 'title', 'source'].filter(isStateName)).toEqual([]);
  expect(isChoiceName('source')).toBe(true);
});
