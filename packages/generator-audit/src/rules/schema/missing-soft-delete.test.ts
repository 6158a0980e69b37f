import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './missing-soft-delete.ts';

const child = (name: string, of: string, lines = 'amount Decimal', action = 'Cascade'): string => {
  const key = `${of.toLowerCase()}Id`;
  const relation = `${of.toLowerCase()} ${of} @relation(fields: [${key}], references: [id], onDelete: ${action})`;
  return `model ${name} {\n  id Int @id\n  ${key} Int\n  ${relation}\n  ${lines}\n}\n`;
};
const model = (name: string, lines = ''): string => `model ${name} {\n  id Int @id\n  ${lines}\n}\n`;
const both = child('Payout', 'Merchant') + child('Refund', 'Merchant');

describe('speaks', () => {
  test('of a delete that takes records of money along', () => {
    expect(say(rule, model('Merchant') + both)).toEqual([
      'Merchant: Deleting a row of `Merchant` deletes its rows of `Payout`, `Refund` for good, and no column can mark it as deleted instead.',
    ]);
  });
  test('of a customer with what hangs on it', () => {
    const notes = child('Note', 'Customer', '') + child('Photo', 'Customer', '');
    expect(say(rule, model('Customer', 'email String') + notes)).toEqual([
      'Customer: Deleting a row of `Customer` deletes it with its rows of 2 other models for good, and no column can mark it as deleted instead.',
    ]);
  });
  test('of what one cascade reaches through another', () => {
    const chain = child('Invoice', 'Merchant') + child('Payment', 'Invoice');
    expect(flagged(rule, model('Merchant') + chain)).toEqual(['Merchant']);
  });
  test('from another number of models on', () => {
    expect(flagged(rule, model('Merchant') + child('Payout', 'Merchant'), { options: { models: 1 } })).toEqual([
      'Merchant',
    ]);
    expect(flagged(rule, model('Merchant') + both, { options: { models: 3 } })).toEqual([]);
  });
});

describe('is silent', () => {
  test.each([
    ['a time of deletion', model('Merchant', 'deletedAt DateTime?') + both],
    ['a mark', model('Merchant', 'isDeleted Boolean @default(false)') + both],
    ['a time of archiving', model('Merchant', 'archivedAt DateTime?') + both],
    ['a switch', model('Merchant', 'isActive Boolean @default(true)') + both],
    ['a state that ends it', `${model('Merchant', 'status Status')}enum Status {\n  OPEN\n  CANCELLED\n}\n${both}`],
    ['deletes that are refused', model('Merchant') + both.replaceAll('Cascade', 'Restrict')],
    ['a cascade into one model', model('Merchant') + child('Payout', 'Merchant')],
    ['a cascade into what can be made again', model('Post') + child('Comment', 'Post', '') + child('Tag', 'Post', '')],
    [
      'a count that is no money',
      model('Merchant') + child('Order', 'Merchant', 'items Int') + child('Sale', 'Merchant', 'clicks Int'),
    ],
    [
      'somebody without personal data',
      model('Customer') + child('Note', 'Customer', '') + child('Photo', 'Customer', ''),
    ],
    ['an ignored model', model('Merchant', '@@ignore') + both],
  ])('with %s', (_, text) => {
    expect(flagged(rule, text)).toEqual([]);
  });
  test('of the top of a large cascade, which is another rule’s', () => {
    const many = ['Sale', 'Order', 'Invoice'].map(name => child(name, 'Merchant')).join('');
    expect(flagged(rule, model('Merchant') + both + many)).toEqual([]);
    const under = child('Merchant', 'Bank', '') + both + many;
    expect(flagged(rule, model('Bank', 'deletedAt DateTime?') + under)).toEqual([]);
    expect(flagged(rule, model('Bank') + under)).toEqual(['Merchant']);
  });
});

describe('the fix', () => {
  test('adds a column as another model has it', async () => {
    const like = model('User', 'deletedAt DateTime? @map("deleted_at") @db.Timestamptz(3)');
    const text = await fixed(rule, model('Merchant', 'payouts Payout[]\n  refunds Refund[]') + both + like);
    expect(text).toMatch(/deletedAt +DateTime\? +@map\("deleted_at"\) @db\.Timestamptz\(3\)\n\}\nmodel Payout/);
    expect(fixesOf(rule, model('Merchant') + both)).toMatchObject([{ safety: 'unsafe' }]);
  });
});
