/** The floor of one tag: an element of Lit alone that fetches the same answer and shows its number. */
import { html, LitElement } from 'lit';

class LitStat extends LitElement {
  static override properties = { value: {} };
  declare value: number | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void fetch('/cards.json').then(async (response) => {
      const [first] = (await response.json()) as { card: { data: { value: number } } }[];
      this.value = first?.card.data.value;
    });
  }

  override render() {
    return html`<strong>${this.value}</strong>`;
  }
}
customElements.define('lit-stat', LitStat);
