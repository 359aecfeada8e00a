export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** Moments in which all that is said here is true; of several intervals one has to be. An empty one is always. */
export interface TimeInterval {
  /** `HH:MM` in the zone, the end not included; `24:00` is the end of the day. */
  times?: { start: string; end: string }[];
  weekdays?: Weekday[];
  /** 1–31, or from the end of the month -1 to -31. */
  daysOfMonth?: { from: number; to: number }[];
  /** 1–12. */
  months?: { from: number; to: number }[];
  years?: { from: number; to: number }[];
  /** Days on which it is never true: `2026-12-25`, or every year `12-25`. */
  except?: string[];
  /** IANA; default: the tenant's. */
  timeZone?: string;
}
