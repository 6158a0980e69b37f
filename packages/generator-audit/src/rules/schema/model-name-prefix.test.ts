import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './model-name-prefix.ts';

const model = (name: string, more = ''): string => `model ${name} {\n  id Int @id\n  ${more}\n}\n`;
const options = { prefix: 'Db' };

describe('model-name-prefix', () => {
  test('speaks of a model without the prefix', () => {
    expect(say(rule, model('User') + model('DbPost'), { options })).toEqual([
      'User: The name of the model `User` does not start with `Db`.',
    ]);
  });
  test('is silent without a prefix, and of ignored models', () => {
    expect(flagged(rule, model('User'))).toEqual([]);
    expect(flagged(rule, model('User', '@@ignore'), { options })).toEqual([]);
  });
});
