import type { JsonSchema } from '@a64core/ccm/sdk';

/** Of `customConfig.options`: the settings form is made from it, and options that do not fit are told on the card. */
export const FUNNEL_SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    label: { type: 'string', title: 'Field of the name', description: 'The field of a row that names the step.', minLength: 1, default: 'step' },
    value: { type: 'string', title: 'Field of the value', description: 'The field of a row that counts.', minLength: 1, default: 'count' },
    compare: { type: 'string', enum: ['previous', 'first'], title: 'Compare with', description: 'What a percentage is of: the step before, or the first.', default: 'previous' },
    action: { type: 'string', title: 'Action', description: 'Makes each step a button that tells the page of this action.', minLength: 1, maxLength: 100 },
  },
  required: ['label', 'value'],
  additionalProperties: false,
};
