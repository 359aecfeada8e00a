/** A figure of the run: what was measured, beside its floor and its peers. */
export interface Figure {
  id: string;
  what: string;
  ours: number;
  unit: string;
  /** What `ours` is held against; a gate on the figure itself has none. */
  floor?: number;
  /** The largest ratio to the floor (or, without one, the largest figure) that holds. */
  gate: number;
  goal: number;
  peers?: { name: string; value: number; atMost: number }[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function ratioOf(figure: Figure): number {
  return figure.floor === undefined ? figure.ours : figure.ours / figure.floor;
}

/** Whether the gate holds. The peers stand beside it to compare with; they are no gate. */
export function holds(figure: Figure): boolean {
  return ratioOf(figure) <= figure.gate;
}

export function table(figures: readonly Figure[]): string {
  const lines = [['', 'figure', 'ours', 'floor', 'ratio', 'gate', 'goal', 'peers (ours / peer, wanted)', '']];
  for (const figure of figures) {
    lines.push([
      figure.id,
      figure.what,
      `${number(figure.ours)} ${figure.unit}`,
      figure.floor === undefined ? '–' : number(figure.floor),
      figure.floor === undefined ? '–' : ratioOf(figure).toFixed(2),
      `≤ ${figure.gate}`,
      `≤ ${figure.goal}`,
      (figure.peers ?? []).map((peer) => `${peer.name} ${number(peer.value)} (${(figure.ours / peer.value).toFixed(2)}, ≤ ${peer.atMost.toFixed(2)})`).join('; '),
      holds(figure) ? 'holds' : 'BREAKS',
    ]);
  }
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
