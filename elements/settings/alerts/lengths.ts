import type { AlertRuleStrings } from '../../core/alert-rule-strings.js';

/** A length of time, in seconds, as short as it can be said. */
export function lengthText(seconds: number, words: AlertRuleStrings): string {
  const whole = Math.round(seconds);
  if (whole < 60) return words.seconds(whole);
  const minutes = Math.round(whole / 60);
  return minutes < 60 ? words.minutes(minutes) : words.hours(Math.floor(minutes / 60), minutes % 60);
}
