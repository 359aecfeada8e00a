/** What a call to an address that is not public is refused with. */
export const REFUSED = { code: 'upstream_unreachable', message: 'The source has an address that this edge may not call.' };
