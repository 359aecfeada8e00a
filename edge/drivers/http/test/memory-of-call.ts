import { asProblem } from '../../../kernel/problems.js';
import { createHttpClient } from '../client.js';

/** Run as a process of its own: calls its argument, with the deadline of the other (milliseconds), and writes what came of it and by how much its memory grew at most. */
const [url = '', deadline = '20000', warm = ''] = process.argv.slice(2);

async function call(http: ReturnType<typeof createHttpClient>, base: string, ms: number): Promise<string> {
  try {
    await http.json({ base: new URL(base), path: '/x', deadline: ms });
    return 'ok';
  } catch (error) {
    return asProblem(error).code;
  }
}

const http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
// Code is loaded and compiled before the measure begins.
for (let n = 0; n < 20; n += 1) await call(http, warm, 2_000);
const before = process.memoryUsage.rss();
let most = before;
const look = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
const start = performance.now();
const outcome = await call(http, url, Number(deadline));
const milliseconds = Math.round(performance.now() - start);
clearInterval(look);
most = Math.max(most, process.memoryUsage.rss());
await http.close();
process.stdout.write(JSON.stringify({ outcome, milliseconds, grown: most - before }));
