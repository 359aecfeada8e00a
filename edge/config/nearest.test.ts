import { expect, it } from 'vitest';
import { nearest } from './nearest.js';

const NAMES = ['baseUrl', 'paths', 'CCM_ALLOWED_ORIGINS', 'CCM_ALLOW_PRIVATE_HOSTS', 'limits'];

it.each([
  ['base_url', 'baseUrl'], ['baseURL', 'baseUrl'], ['baesUrl', 'baseUrl'], ['path', 'paths'], ['CCM_ALLOWED_ORIGIN', 'CCM_ALLOWED_ORIGINS'],
  ['CCM_ALOWED_ORIGINS', 'CCM_ALLOWED_ORIGINS'], ['limit', 'limits'], ['zzz', undefined], ['', undefined], ['colour', undefined],
])('%s means %s', (given, meant) => expect(nearest(given, NAMES)).toBe(meant));
