import { z } from 'zod';
import { AlertRuleInputSchema } from '../../sdk/contract/alert.schema.js';
import { TimeIntervalSchema } from '../../sdk/contract/time-interval.schema.js';
import { isPattern } from '../../sdk/data/pattern.js';
import { MOST_INSTANCES, ROUTE_DEFAULTS } from '../kernel/alert-settings.js';
import { HttpUrl, TenantId } from './file-parts.schema.js';
import { NotifierName } from './notifier-file.schema.js';

const MILLISECONDS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30s 5m 4h 1d`, read as milliseconds. */
const Duration = z.string().regex(/^\d{1,6}[smhd]$/, 'must be a length of time such as 30s, 5m or 4h')
  .transform((text) => Number(text.slice(0, -1)) * MILLISECONDS[text.slice(-1) as keyof typeof MILLISECONDS]);
const duration = (least: number, words: string) => Duration.refine((time) => time >= least && time <= 30 * MILLISECONDS.d, words);
const wait = () => duration(0, 'must be at most 30d');
const interval = () => duration(1_000, 'must be 1s to 30d');

const LabelName = z.string().min(1, 'must not be empty').max(100, 'must be at most 100 characters');

const MatcherFileSchema = z.strictObject({ name: LabelName, value: z.string().max(500, 'must be at most 500 characters'), isRegex: z.boolean().optional(), isEqual: z.boolean().optional() })
  .refine(({ value, isRegex = false }) => !isRegex || isPattern(value), { path: ['value'], message: 'must be a pattern in RE2 syntax' });
const matchers = () => z.array(MatcherFileSchema).max(20, 'must name at most 20');

const MuteName = z.string().regex(/^[A-Za-z0-9][\w .-]{0,59}$/, 'must be the name of a mute time: letters, digits, space and . _ -, at most 60 characters');

const RouteFileSchema = z.strictObject({
  match: matchers().default([]),
  notifiers: z.array(NotifierName).max(50, 'must name at most 50').default([]),
  groupBy: z.array(LabelName).max(20, 'must name at most 20').default([...ROUTE_DEFAULTS.groupBy]),
  groupWait: wait().prefault('30s'),
  groupInterval: interval().prefault('5m'),
  repeatInterval: interval().prefault('4h'),
  mute: z.array(MuteName).max(20, 'must name at most 20').default([]),
  continue: z.boolean().default(false),
  escalate: z.array(z.strictObject({ after: interval(), notifiers: z.array(NotifierName).min(1, 'must name one notifier or more') })).max(10, 'must have at most 10 steps').default([]),
});

const InhibitFileSchema = z.strictObject({
  source: matchers().min(1, 'must have one matcher or more'),
  target: matchers().min(1, 'must have one matcher or more'),
  equal: z.array(LabelName).max(20, 'must name at most 20').default([]),
});

/** `alerts` of `ccm.config.json`. */
export const AlertsFileSchema = z.strictObject({
  rules: z.array(AlertRuleInputSchema.safeExtend({ tenants: z.array(TenantId).min(1, 'must name one tenant or more').optional() })).default([]),
  routes: z.array(RouteFileSchema).max(200, 'must be at most 200').default([]),
  inhibit: z.array(InhibitFileSchema).max(50, 'must be at most 50').default([]),
  muteTimes: z.record(MuteName, z.array(TimeIntervalSchema).min(1, 'must name one interval or more')).default({}),
  mostInstances: z.number().int('must be a whole number').min(1, 'must be 1 or more').max(100_000, 'must be at most 100000').default(MOST_INSTANCES),
  /** The page that messages lead to. */
  pageUrl: HttpUrl.optional(),
});

export type ParsedAlertsFile = z.output<typeof AlertsFileSchema>;
