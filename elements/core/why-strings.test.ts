import { expect } from '@open-wc/testing';
import { PROBLEM_STATUS } from '../../sdk/contract/problem.js';
import { englishWhy } from './why-strings.js';

/** What a widget can fail with: the edge's codes for answers, the client's, and the frame's own. */
const CODES = [
  'module_not_running', 'upstream_timeout', 'upstream_unreachable', 'upstream_status', 'upstream_invalid', 'upstream_too_large', 'contract', 'credential_missing', 'credential_refused', 'rate_limited',
  'unauthenticated', 'forbidden', 'not_found', 'bad_request', 'invalid', 'too_large', 'going_away', 'store_unavailable', 'vault_missing', 'internal',
  'network', 'timeout', 'aborted', 'auth_required',
  'no_widget', 'no_edge', 'unsupported', 'view', 'load',
] as const;
/** Of requests that no widget makes. */
const NOT_OF_WIDGETS = ['method_not_allowed', 'conflict', 'stale_etag', 'unsupported_media_type'];

const { failures } = englishWhy;

describe('the words for what can go wrong', () => {
  for (const code of CODES) {
    it(`${code}: what is the case, and what helps`, () => {
      expect(failures[code].what).to.match(/^[A-Z].{10,80}\.$/);
      expect(failures[code].todo).to.match(/^[A-Z].{10,}\.$/);
    });
  }

  it('each kind has a text of its own', () => {
    const texts = Object.values(failures).map(({ what }) => what);
    expect(new Set(texts).size).to.equal(texts.length);
    expect(Object.keys(failures)).to.have.members([...CODES]);
  });

  it('no code of the edge is forgotten', () => {
    expect(Object.keys(PROBLEM_STATUS).filter((code) => !Object.hasOwn(failures, code))).to.have.members(NOT_OF_WIDGETS);
  });
});
