import { describe, expect, it } from 'vitest';
import type { ModuleState } from '../../../sdk/contract/module.js';
import { createDamping } from './damping.js';

function setUp() {
  let now = 0;
  const damping = createDamping({ monotonic: () => now });
  return {
    see: (...seen: ModuleState[]) => seen.map((state) => damping.seen(state).state),
    settled: (state: ModuleState) => damping.seen(state).settled,
    pass: (ms: number) => void (now += ms),
  };
}

describe('a state that is damped', () => {
  it('believes the first check', () => {
    expect(setUp().see('running')).toEqual(['running']);
    expect(setUp().see('error')).toEqual(['error']);
  });

  it('overlooks one failure, and believes the second; one success brings it back', () => {
    const { see } = setUp();
    expect(see('running', 'stopped', 'running', 'error', 'running')).toEqual(['running', 'running', 'running', 'running', 'running']);
    expect(see('stopped', 'stopped', 'running')).toEqual(['running', 'stopped', 'running']);
  });

  it('says when it is not sure, so that it is looked at again soon', () => {
    const { see, settled } = setUp();
    see('running');
    expect([settled('error'), settled('error'), settled('error')]).toEqual([false, true, true]);
  });

  it('shows how it is down without waiting', () => {
    expect(setUp().see('stopped', 'error', 'stopped')).toEqual(['stopped', 'error', 'stopped']);
  });

  it('wants three successes in a row of what goes up and down, until it was quiet for five minutes', () => {
    const { see, pass } = setUp();
    see('running');
    for (let round = 0; round < 3; round += 1) see('error', 'error', ...(round < 2 ? ['running' as const] : []));
    expect(see('running', 'running', 'error', 'running', 'running', 'running')).toEqual(['error', 'error', 'error', 'error', 'error', 'running']);
    see('error', 'error');
    pass(5 * 60_000);
    expect(see('running')).toEqual(['running']);
  });
});
