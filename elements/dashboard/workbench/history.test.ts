import { expect } from '@open-wc/testing';
import { History } from './history.js';

describe('the history of a dashboard', () => {
  it('goes back step by step, and forward again', () => {
    const history = new History<string>();
    history.record('a', 'to b');
    history.record('b', 'to c');
    expect([history.undoes, history.redoes]).to.deep.equal(['to c', undefined]);
    expect(history.undo('c')).to.deep.equal({ state: 'b', words: 'to c' });
    expect(history.undo('b')).to.deep.equal({ state: 'a', words: 'to b' });
    expect(history.undo('a')).to.equal(undefined);
    expect([history.undoes, history.redoes]).to.deep.equal([undefined, 'to b']);
    expect(history.redo('a')).to.deep.equal({ state: 'b', words: 'to b' });
    expect(history.redo('b')).to.deep.equal({ state: 'c', words: 'to c' });
    expect(history.redo('c')).to.equal(undefined);
    expect(history.undo('c')?.state).to.equal('b');
  });

  it('has no way forward after another change', () => {
    const history = new History<string>();
    history.record('a', 'to b');
    history.undo('b');
    history.record('a', 'to d');
    expect(history.redo('d')).to.equal(undefined);
    expect(history.undo('d')?.state).to.equal('a');
  });

  it('takes a run back as one, and two runs as two', () => {
    const history = new History<number>();
    for (const before of [0, 1, 2]) history.record(before, 'moved', 'item-1');
    history.record(3, 'moved', 'item-2');
    history.endRun();
    history.record(4, 'moved', 'item-2');
    expect([history.undo(5)?.state, history.undo(4)?.state, history.undo(3)?.state, history.undo(0)]).to.deep.equal([4, 3, 0, undefined]);
  });

  it('takes back apart what a pause lies between', () => {
    const history = new History<number>();
    for (const [before, now] of [[0, 0], [1, 900], [2, 1800], [3, 2900], [4, 3000]] as const) history.record(before, 'moved', 'x', now);
    expect([history.undo(5)?.state, history.undo(3)?.state, history.undo(0)]).to.deep.equal([3, 0, undefined]);
  });

  it('begins a new run after an undo', () => {
    const history = new History<number>();
    history.record(0, 'moved', 'x');
    history.undo(1);
    history.record(0, 'moved', 'x');
    history.record(1, 'moved', 'x');
    expect(history.undo(2)?.state).to.equal(0);
  });

  it('keeps fifty steps', () => {
    const history = new History<number>();
    for (let at = 0; at < 60; at += 1) history.record(at, '');
    let least = 60;
    for (let step = history.undo(60); step; step = history.undo(step.state)) least = step.state;
    expect(least).to.equal(10);
  });

  it('forgets all of it', () => {
    const history = new History<number>();
    history.record(0, 'x');
    history.record(1, 'x');
    history.undo(2);
    history.clear();
    expect([history.undo(0), history.redo(0)]).to.deep.equal([undefined, undefined]);
  });
});
