import autocannon from 'autocannon';
import { start } from '/work/main/bench/contestant.js';
import { cards } from '/work/main/bench/workload.js';
import { startModule } from '/work/main/bench/server/modules.js';
const module = await startModule();
const floor = await start('./server/floor.ts');
const ours = await start('./server/ours.ts', module.url);
const auth = { authorization: `Bearer ${ours.ready['token']}` };
const ids = cards().map((c) => c.id);
const json = { 'content-type': 'application/json' };
const body = JSON.stringify({ widgets: ids.map((id) => ({ id })) });
const def = JSON.stringify({ define: true, widgets: ids.map((id) => ({ id })) });
async function burst(of, options, s) { const b = await of.cpu(); const r = await autocannon({ connections: 32, duration: s, url: of.url, ...options }); const spent = (await of.cpu()) - b; if (r.non2xx || r.errors) throw new Error(`${r.non2xx} ${r.errors}`); return spent / r['2xx']; }
const med = (a) => [...a].sort((x, y) => x - y)[a.length >> 1];
const pairs = process.env.ONLY ? [] : [
  ['S1 small', { url: `${floor.url}/small` }, { url: `${ours.url}/api/v1/widgets/small/data`, headers: auth }],
  ['S1 large', { url: `${floor.url}/large` }, { url: `${ours.url}/api/v1/widgets/large/data`, headers: auth }],
  ['S2 batch', { url: `${floor.url}/batch`, method: 'POST', body, headers: json }, { url: `${ours.url}/api/v1/widgets/data`, method: 'POST', body, headers: { ...json, ...auth } }],
  ['S2 define', { url: `${floor.url}/batch`, method: 'POST', body, headers: json }, { url: `${ours.url}/api/v1/widgets/data`, method: 'POST', body: def, headers: { ...json, ...auth } }],
];
for (const [name, f, o] of pairs) {
  await burst(floor, f, 1); await burst(ours, o, 1);
  const a = [], b = [];
  for (let n = 0; n < 5; n++) { a.push(await burst(floor, f, 1)); b.push(await burst(ours, o, 1)); }
  console.log(name, 'floor', med(a).toFixed(1), 'ours', med(b).toFixed(1), 'ratio', (med(b) / med(a)).toFixed(2));
}

for (let n = 0; n < 8; n++) {
  const o = { url: `${ours.url}/api/v1/widgets/data`, method: 'POST', body, headers: { ...json, ...auth } };
  console.log('batch', (await burst(ours, o, 1)).toFixed(1));
}
process.exit(0);
