import type { Translation } from '../core/localize.js';

export const translation: Translation = {};
