import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditRig, event, type AuditRig } from '../features/audit/test/rig.js';
import { auditCommand } from './audit.js';
import { usageFault } from './command.js';

let folder: string;
let url: string;
let rig: AuditRig;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-audit-'));
  url = `sqlite:${join(folder, 'ccm.db')}`;
  rig = await auditRig({ url });
  for (let at = 0; at < 50; at += 1) await rig.audit.record(event({ target: `t${at}` }));
});
afterEach(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

async function run(args: string[], database = url): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const io = { env: { CCM_DATABASE_URL: database }, out: (line: string) => void out.push(line), err: (line: string) => void err.push(line), stopped: () => new Promise<void>(() => {}) };
  try {
    return { code: await auditCommand.run(args, io), out, err };
  } catch (error) {
    return { code: usageFault(error) === undefined ? 1 : 2, out, err: [String(error)] };
  }
}

describe('ccm audit verify', () => {
  test('says that the trail is whole, while an edge has it open and writes on', async () => {
    const asked = run(['verify']);
    rig.audit.note(event());
    expect(await asked).toMatchObject({ code: 0, err: [], out: [expect.stringMatching(/^The trail is whole: 50 rows, 0 signed checkpoints; its head is row 50, [0-9a-f]{64}\.$/)] });
  });

  test('names the bad row and ends with 1', async () => {
    rig.tamper('UPDATE audit SET target = \'other\' WHERE seq = 7');
    expect(await run(['verify'])).toMatchObject({ code: 1, out: [], err: ['row 7: changed: row 7 is not as it was written', 'The trail is not whole. Good up to row 6: 6 rows, 0 signed checkpoints.'] });
  });

  test('takes a head from outside, as itself or in the edge\'s log', async () => {
    await rig.audit.close();
    const { jws } = rig.client.prepare('SELECT jws FROM audit_checkpoints').get() as { jws: string };
    const file = join(folder, 'edge.log');
    writeFileSync(file, rig.lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    rig.tamper('DELETE FROM audit WHERE seq > 40', 'DELETE FROM audit_checkpoints');
    expect((await run(['verify'])).code).toBe(0);
    for (const head of [jws, file]) {
      expect(await run(['verify', '--head', head])).toMatchObject({ code: 1, err: [expect.stringMatching(/^row 41: cut: rows 41 to 50 are cut off/), expect.any(String)] });
    }
    expect(await run(['verify', '--head', 'nothing'])).toMatchObject({ code: 2, err: [expect.stringContaining('--head nothing: is neither a signed head nor a file')] });
  });

  test('makes nothing: no store, no key, no table', async () => {
    expect(await run(['verify'], `sqlite:${join(folder, 'none.db')}`)).toMatchObject({ code: 1, err: [expect.stringMatching(/cannot open .*none\.db/)] });
    writeFileSync(join(folder, 'text.db'), 'not a database, but long enough to have a header of one hundred bytes '.repeat(4));
    expect(await run(['verify'], `sqlite:${join(folder, 'text.db')}`)).toMatchObject({ code: 1, err: [expect.stringMatching(/cannot open .*text\.db: file is not a database$/)] });
    writeFileSync(join(folder, 'empty.db'), '');
    expect(await run(['verify'], `sqlite:${join(folder, 'empty.db')}`)).toMatchObject({ code: 1, err: [expect.stringMatching(/has no audit trail; ccm migrate/)] });
  });

  test.each([[[]], [['check']], [['verify', 'more']], [['verify', '--tail']]])('%j is a fault of usage', async (args) => expect((await run(args)).code).toBe(2));
});
