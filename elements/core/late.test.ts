import { expect } from '@open-wc/testing';
import { Late } from './late.js';

describe('Late', () => {
  it('draws once the code is there, then at once', async () => {
    const late = new Late(() => Promise.resolve('code'));
    const drawn: unknown[] = [];
    const draw = () => void drawn.push(late.module);
    const waiting = late.before(draw);
    expect(drawn).to.deep.equal([]);
    await waiting;
    late.before(draw);
    expect(drawn).to.deep.equal(['code', 'code']);
  });

  it('loads once for all who wait', async () => {
    let loads = 0;
    const late = new Late(() => Promise.resolve(++loads));
    await Promise.all([late.before(() => undefined), late.before(() => undefined)]);
    expect(loads).to.equal(1);
  });

  it('draws without the code where it does not come, and asks again', async () => {
    let loads = 0;
    const late = new Late(() => (++loads === 1 ? Promise.reject(new Error('offline')) : Promise.resolve('code')));
    const drawn: unknown[] = [];
    await late.before(() => void drawn.push(late.module));
    await late.before(() => void drawn.push(late.module));
    expect(drawn).to.deep.equal([undefined, 'code']);
  });
});
