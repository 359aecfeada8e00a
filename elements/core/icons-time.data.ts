// Made by scripts/generate-icons.ts from lucide-static (ISC licence, https://lucide.dev/license). Do not edit.

/** Icons of a dashboard's time range, as path data in a 24 × 24 box. */
export const TIME_ICONS: Readonly<Record<string, string>> = {
  Clock: 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M12 6v6l4 2',
  ChevronLeft: 'm15 18-6-6 6-6',
  ChevronRight: 'm9 18 6-6-6-6',
  ZoomOut: 'M3 11a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M21 21L16.65 16.65M8 11L14 11',
};
