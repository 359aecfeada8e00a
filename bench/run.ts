/**
 * `npm run bench`: each figure beside its floor and its peers, measured in turn in this one run.
 * `npm run bench -- server` or `-- browser` runs that half alone, `-- store` only S9, `-- alerts` only A1 and A2, `-- browser B6 B8` only those. Exits with 1 where a gate breaks.
 */
import { execSync } from 'node:child_process';
import { holds, table, type Figure } from './figures.js';

const isFigure = (word: string) => /^(?:B\d+|leak)$/.test(word);
const ids = process.argv.slice(2).filter(isFigure);
const wanted = process.argv.slice(2).filter((word) => !isFigure(word));
const runs = (half: string) => wanted.length === 0 || wanted.includes(half);
const say = (line: string) => process.stderr.write(`… ${line}\n`);

// S9, A1 and A2 measure the sources: what is built plays no part in them.
if (runs('server') || runs('browser')) execSync('npm run -s build:app', { stdio: 'inherit' });
const figures: Figure[] = [];
if (runs('server')) figures.push(...(await (await import('./server/figures.js')).serverFigures(say)));
if (runs('server') || wanted.includes('store')) figures.push(...(await (await import('./server/store-figures.js')).storeFigures(say)));
if (runs('server') || wanted.includes('alerts')) figures.push(...(await (await import('./server/alert-figures.js')).alertFigures(say)));
if (runs('browser')) figures.push(...(await (await import('./browser/figures.js')).browserFigures(say, ids)));

process.stdout.write(`${table(figures)}\n`);
process.exit(figures.every(holds) ? 0 : 1);
