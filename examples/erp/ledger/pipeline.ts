import { fraction } from '../data/fraction.js';
import type { SetOrder } from '../data/superstore.js';

export const STAGES = ['lead', 'qualified', 'proposal', 'negotiation'] as const;
export type Stage = (typeof STAGES)[number];

/** How many orders still stand before an opportunity when it enters the stage. */
export const STAGE_DISTANCE: Readonly<Record<Stage, number>> = { lead: 100, qualified: 60, proposal: 30, negotiation: 10 };

/** What the pipeline holds for one coming order: the deal that it becomes, and those beside it that are lost. */
export interface Lead {
  id: string;
  seq: number;
  /** Where it ends: as the order itself, or lost when the order's own deal gets to this stage. */
  lostAt?: Exclude<Stage, 'lead'> | 'close';
}

const LOSING: readonly NonNullable<Lead['lostAt']>[] = ['qualified', 'qualified', 'qualified', 'proposal', 'proposal', 'negotiation', 'close'];

/**
 * Rule "leads": every order of the queue was a deal first, for exactly its amount. Beside it stand 0 to 4 leads (by its
 * number) of the same basket that are lost, most of them early.
 */
export function leadsOf(order: SetOrder, seq: number): Lead[] {
  const losers = Math.floor(fraction(`${order.id}:lost`) * 5);
  return [
    { id: order.id, seq },
    ...Array.from({ length: losers }, (_, index) => ({
      id: `${order.id}-L${index + 1}`,
      seq,
      lostAt: LOSING[Math.floor(fraction(`${order.id}:${index}`) * LOSING.length)] ?? 'qualified',
    })),
  ];
}

/** Which places of the queue change when the order at `seq` arrives. */
export interface PipelineStep {
  /** Its deal is won, leads beside it are lost. */
  closes: number;
  /** These deals move on; leads beside them that end at the stage are lost. */
  enters: { stage: Stage; seq: number }[];
}

/** Rule "stages": a deal moves on by how many orders stand before it: 100 lead, 60 qualified, 30 proposal, 10 negotiation. */
export function pipelineStep(seq: number): PipelineStep {
  return { closes: seq, enters: STAGES.map((stage) => ({ stage, seq: seq + 1 + STAGE_DISTANCE[stage] })) };
}

/** The stages that an order has been through, in their order, which has `distance` orders before it. */
export function stagesBehind(distance: number): Stage[] {
  return STAGES.filter((stage) => distance <= STAGE_DISTANCE[stage]);
}
