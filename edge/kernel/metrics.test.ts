import { expect, test } from 'vitest';
import { createMetrics } from './metrics.js';

const lines = (text: string, name: string): string[] => text.split('\n').filter((line) => line.startsWith(name));

test('figures of alerts are asked for when somebody reads', async () => {
  const metrics = createMetrics();
  let dead = 1;
  metrics.alertsFiring(() => 6);
  metrics.alertRulesWithoutData(() => 2);
  metrics.alertMessages(() => ({ waiting: 3, dead }));
  await metrics.text();
  dead = 4;
  const text = await metrics.text();
  expect([...lines(text, 'ccm_alerts_firing'), ...lines(text, 'ccm_alert_rules_without_data'), ...lines(text, 'ccm_alert_messages')]).toEqual([
    'ccm_alerts_firing 6', 'ccm_alert_rules_without_data 2', 'ccm_alert_messages{state="waiting"} 3', 'ccm_alert_messages{state="dead"} 4',
  ]);
});

test('a store that does not answer costs no other figure', async () => {
  const metrics = createMetrics();
  metrics.alertMessages(() => {
    throw new Error('database is locked');
  });
  metrics.alertsFiring(() => 1);
  const text = await metrics.text();
  expect([lines(text, 'ccm_alert_messages'), lines(text, 'ccm_alerts_firing')]).toEqual([[], ['ccm_alerts_firing 1']]);
});
