import { ProblemError } from '../../kernel/problems.js';
import { RefusedAddressError } from './connector.js';

/** The call was cut short: by its deadline, or because its caller gave it up. */
export class CutShort extends Error {
  readonly problem: ProblemError;

  constructor(problem: ProblemError) {
    super(problem.message);
    this.name = 'CutShort';
    this.problem = problem;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Faults in what the source sent, as opposed to faults of the way there. */
const MALFORMED = /^(UND_ERR_(HEADERS_OVERFLOW|RES_CONTENT_LENGTH_MISMATCH)$|Z_|ERR_BROTLI|ERR__)/;

/** Any fault of a call as the problem that the caller is told. It never repeats what the source sent, nor its address. */
export function callProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof CutShort) return error.problem;
  if (error instanceof RefusedAddressError) {
    return new ProblemError('upstream_unreachable', 'The source has an address that this edge may not call.', { cause: error });
  }
  if (MALFORMED.test(codeOf(error)) || (error instanceof Error && error.name === 'HTTPParserError')) {
    return new ProblemError('upstream_invalid', 'The source answered with something that is not HTTP or broken on the way.', { cause: error });
  }
  return new ProblemError('upstream_unreachable', 'The source could not be reached.', { cause: error });
}
