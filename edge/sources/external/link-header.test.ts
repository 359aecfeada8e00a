import { expect, it } from 'vitest';
import { nextLink } from './link-header.js';

it.each([
  ['<https://api.example/v1/rows?page=2>; rel="next"', 'page=2'], ['<https://api.example/v1/rows?page=1>; rel="prev", <https://api.example/v1/rows?page=3>; rel="next"; title="3"', 'page=3'],
  ['</v1/rows?a=1&b=x,y>; rel=next', 'a=1&b=x,y'], ['<?page=2>; rel="last next"', undefined], ['<https://api.example/v1/rows?p=2>; title="x"; REL="next"', 'p=2'],
  ['<https://api.example/v1/rows?page=2>; rel="prev"', undefined], ['<https://api.example/v1/rows>; rel="next"', undefined], ['', undefined], [undefined, undefined],
  ['<https://api.example/v2/other?page=2>; rel="next"', undefined], ['<https://api.example/v1/rows?page=2>; rel="nextish"', undefined],
])('%s', (header, query) => expect(nextLink(header, '/v1/rows')).toBe(query));
