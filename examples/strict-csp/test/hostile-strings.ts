/** Strings made to become more than text, and strings that text is rarely made of: those of `CCM_TESTDATA`; none where it is absent. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env['CCM_TESTDATA'] ?? '';

export const HOSTILE_STRINGS: readonly string[] = existsSync(join(folder, 'xss'))
  ? [
      ...readdirSync(join(folder, 'xss')).flatMap((file) => {
        const text = readFileSync(join(folder, 'xss', file), 'utf8');
        // Each line, and all of it: some go over several lines.
        return [...text.split('\n').filter(Boolean), text];
      }),
      ...(JSON.parse(readFileSync(join(folder, 'strings/blns.json'), 'utf8')) as string[]),
    ]
  : [];
