import { existsSync } from 'node:fs';
import { aptInstall, canAptInstall } from './apt.js';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Flags with which Chromium runs without a display, as root too, and asks nobody outside. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

/** Where Chromium is: `CHROMIUM`, or a usual place. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? named : undefined;
  return PLACES.find((place) => existsSync(place));
}

/** Finds Chromium, installs it where this is Debian and we are root, or says what to install. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (process.env.CHROMIUM) throw new Error(`CHROMIUM names ${process.env.CHROMIUM}, and there is no such file.`);
  if (!canAptInstall()) {
    throw new Error(
      'The browser tests need Chromium or Chrome. Install it (Debian: `apt-get install chromium`, macOS: `brew install --cask chromium`), ' +
        'or set CHROMIUM to its path.',
    );
  }
  process.stdout.write('Chromium is not here: installing it with apt …\n');
  aptInstall(['chromium']);
  const installed = findChromium();
  if (!installed) throw new Error('apt installed chromium, but it is in none of the usual places. Set CHROMIUM to its path.');
  return installed;
}
