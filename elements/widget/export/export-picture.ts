import { saveFile } from '../../core/save-file.js';
import type { WidgetFacts } from '../facts.js';
import { fileName } from './file-name.js';
import { paintCard } from './paint/paint-card.js';

/** Saves the whole card as a PNG file. */
export async function exportPicture(facts: WidgetFacts): Promise<void> {
  const frame = facts.host.shadowRoot?.querySelector<HTMLElement>('.frame');
  if (!frame) throw new Error('There is no card to paint.');
  const canvas = await paintCard(frame);
  const file = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (file === null) throw new Error('The picture is too large.');
  saveFile(file, fileName(facts, 'png'));
}
