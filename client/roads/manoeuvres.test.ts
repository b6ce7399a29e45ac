import i18next from 'i18next';
import { expect, it } from 'vitest';
import { manoeuvreKinds } from '../../shared/roads/schema.ts';
import { describeManoeuvre } from './describe-manoeuvre.ts';
import { roadsWords } from './words.ts';

const words = i18next.createInstance();
await words.init({
  resources: { zh: { roads: roadsWords.zh }, en: { roads: roadsWords.en } },
  interpolation: { escapeValue: false },
});
const zh = words.getFixedT('zh', 'roads');
const en = words.getFixedT('en', 'roads');

it('has a phrase for every manoeuvre, with and without a street, in both languages', () => {
  for (const kind of manoeuvreKinds)
    for (const t of [zh, en]) {
      const plain = describeManoeuvre(t, { kind, street: null });
      const named = describeManoeuvre(t, { kind, street: '中山路' });
      expect(plain).not.toMatch(/\{\{|turn\.|undefined|中山路/);
      expect(named).toContain('中山路');
      expect(named).not.toMatch(/\{\{|turnInto/);
    }
});

it('says it as people do', () => {
  expect(describeManoeuvre(zh, { kind: 'left', street: '中山路' })).toBe('左转，进入中山路');
  expect(describeManoeuvre(en, { kind: 'left', street: 'Mannerheimintie' })).toBe(
    'Turn left into Mannerheimintie',
  );
  expect(describeManoeuvre(zh, { kind: 'roundabout', street: null, exit: 2 })).toBe(
    '进入环岛，从第 2 个出口驶出',
  );
  expect(describeManoeuvre(en, { kind: 'roundabout', street: 'A 1', exit: 3 })).toBe(
    'At the roundabout take exit 3 into A 1',
  );
});
