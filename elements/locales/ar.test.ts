/** What Arabic does that English does not: five forms of a number, and names that stand in its sentences in their own direction. */
import { expect } from '@open-wc/testing';
import { ageText } from '../core/age.js';
import type { Strings } from '../core/strings.js';
import { translation } from './ar.js';

const MINUTE = 60_000;

describe('in Arabic', () => {
  it('one and two are words, and others have the form that goes with them', () => {
    const counted = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111].map(translation.marketplace.found);
    expect(counted).to.deep.equal([
      '0 أداة', 'أداة واحدة', 'أداتان', '3 أدوات', '10 أدوات', '11 أداة', '99 أداة', '100 أداة', '102 أداة', '103 أدوات', '111 أداة',
    ]);
    expect([2, 12, 200].map(translation.days)).to.deep.equal(['يومين', '12 يومًا', '200 يوم']);
  });

  it('an age is said to be one', () => {
    const ages = [0, MINUTE, 2 * MINUTE, 5 * MINUTE, 180 * MINUTE].map((age) => translation.old(ageText(0, translation as Strings, age)));
    expect(ages).to.deep.equal(['الآن', 'منذ دقيقة', 'منذ دقيقتين', 'منذ 5 دقائق', 'منذ 3 ساعات']);
  });

  it('a name from elsewhere is apart from the sentence around it', () => {
    expect(translation.menu('Sales (EU)')).to.equal('إجراءات \u2068Sales (EU)\u2069');
    expect(translation.connections.connectedAs('4242')).to.equal('متصل بالمفتاح \u2066••••4242\u2069');
    expect(translation.view.relativeHint).to.include('\u2066-24h\u2069');
  });
});
