/** Puts the dashboard's 20 widgets on the page and takes them away, again and again. */
import { cards } from '../workload.js';

await customElements.whenDefined('ccm-widget');
const ids = cards().map(({ id }) => id);
const frame = () => new Promise(requestAnimationFrame);

async function comeAndGo(count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) {
    const box = document.body.appendChild(document.createElement('div'));
    for (const id of ids) box.appendChild(document.createElement('ccm-widget')).setAttribute('widget', id);
    await frame();
    await frame();
    await new Promise((resolve) => setTimeout(resolve, 30));
    box.remove();
    await frame();
  }
}
Object.assign(window, { comeAndGo });
