import { html, nothing } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Carrier } from '../../sdk/client/client.js';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import type { SnapshotState } from '../../sdk/store/snapshot.js';
import { icon } from '../core/icons.js';
import { message } from '../core/message.js';
import type { Message } from '../core/message.js';
import type { Strings } from '../core/strings.js';
import { messageFor, reasonOf } from './states.js';
import type { Fault } from './states.js';

/** All that a card shows around its body. */
export interface FrameModel {
  definition: WidgetDefinition | undefined;
  state: SnapshotState;
  carrier: Carrier;
  /** The connection is lost, for longer than a moment. */
  cut: boolean;
  /** The data came with the page: there is no connection to speak of. */
  isLocal: boolean;
  fault: Fault | undefined;
  /** Gives the source the credential that it lacks. */
  connect: Message['action'];
  /** `now`, `3 min`; empty where unknown. */
  age: string;
  /** The time of the data in full; asked when somebody wants to know. */
  exact: () => string;
  strings: Strings;
  host: ReactiveControllerHost;
  openMenu: () => void;
  /** The menu's code did not come. */
  menuLost: boolean;
  collapsed: boolean;
  /** Folds it to its header, or unfolds it. */
  fold: () => void;
  body: unknown;
  /** What it shows of its alerts, once that was learned. */
  alert: unknown;
  /** The tag's children changed. */
  slotChanged: () => void;
  /** The menu and the panel, once they were asked for. */
  extras: unknown;
}

export function frameTemplate(model: FrameModel): TemplateResult {
  const { definition, state, strings } = model;
  const title = definition?.title || (state === 'loading' ? '' : strings.untitled);
  const description = definition?.description || undefined;
  // Without news nothing is known of what there is not, either.
  const isOld = state === 'stale' || (model.cut && (state === 'empty' || state === 'fresh'));
  const classes = [
    'frame',
    typeof definition?.type === 'string' && /^[a-z]+$/.test(definition.type) ? definition.type : 'unknown',
    definition?.statConfig?.secondaryMetrics?.length && 'several',
    definition?.size === 'large' && 'large',
    (state === 'fresh' || state === 'stale') && 'shown',
    isOld && 'stale',
  ].filter(Boolean);
  return html`
    <article part="frame" class=${classes.join(' ')} aria-labelledby="title" aria-description=${ifDefined(description)}
      aria-busy=${state === 'loading'} @keydown=${(event: KeyboardEvent) => asksForMenu(event) && model.openMenu()}>
      <header part="header">
        <button class="fold" type="button" aria-labelledby="title" aria-expanded=${!model.collapsed} aria-controls="body"
          @click=${model.fold}></button>
        ${definition?.icon ? icon(definition.icon, model.host) : nothing}
        <h2 part="title" id="title" title=${ifDefined(description)}>
          ${definition?.title || html`<span class="visually-hidden">${title || strings.loading}</span>`}
        </h2>
        <slot name="header"></slot>
        ${model.alert}${statusTemplate(model)}
      </header>
      <div part="body" class="body" id="body">${model.body}</div>
      ${model.menuLost || isOld ? footerTemplate(model) : nothing}
      <button class="menu-button" type="button" aria-haspopup="menu" aria-expanded="false" aria-label=${strings.menu(title)}
        @click=${model.openMenu}></button>
      ${model.extras}
      <slot hidden @slotchange=${model.slotChanged}></slot>
    </article>
  `;
}

/** The key for menus; in a field it is for the browser's own. */
function asksForMenu(event: KeyboardEvent): boolean {
  if (event.key !== 'ContextMenu' && !(event.shiftKey && event.key === 'F10')) return false;
  if ((event.composedPath()[0] as Element).matches('input, textarea')) return false;
  event.preventDefault();
  return true;
}

/** The dot that says how news arrives, and the age of what is shown. */
function statusTemplate({ state, carrier, cut, isLocal, age, exact, strings }: FrameModel) {
  if (isLocal || (state !== 'fresh' && state !== 'stale' && state !== 'empty')) return nothing;
  const words = carrier === 'off' ? strings.notLive : carrier === 'poll' ? strings.livePolling : strings.live;
  const kind = state === 'stale' || cut ? 'stale' : carrier;
  return html`<span part="status" class="status ${age === strings.justNow ? 'new' : ''}">
    ${age ? html`<time @pointerenter=${({ target }: Event) => ((target as HTMLElement).title = exact())}>${age}</time>` : nothing}
    <span class="dot ${kind}" title=${words} role="img"></span>
  </span>`;
}

function footerTemplate({ definition, state, age, fault, connect, menuLost, openMenu, strings }: FrameModel): TemplateResult {
  const why = state !== 'stale' ? strings.cut : fault ? reasonOf(fault, strings) : '';
  const text = menuLost ? `${strings.menu(definition?.title ?? strings.untitled)}: ${strings.failed}` : [age ? strings.old(age) : '', why].filter(Boolean).join(' · ');
  const action = menuLost ? { label: strings.retry, run: openMenu } : connect;
  return html`<footer part="footer" title=${ifDefined(fault?.detail || undefined)}>${icon('TriangleAlert')}<span role=${ifDefined(menuLost ? 'alert' : undefined)}>${text}</span>
    ${action ? html`<button class="message-action" type="button" @click=${action.run}>${action.label}</button>` : nothing}</footer>`;
}

/** Its code is loaded when the first one is waited for. */
function skeleton(type: string | undefined): TemplateResult {
  import('./skeleton.js').then(({ CcmSkeleton }) => CcmSkeleton.define('ccm-skeleton'), () => undefined);
  return html`<ccm-skeleton class="skeleton" type=${ifDefined(type)}></ccm-skeleton>`;
}

/** The picture, or what stands in its place. `waited`: long enough for the shape of what comes; before, it would only flash. */
export function bodyTemplate(
  state: SnapshotState,
  fault: Fault | undefined,
  view: HTMLElement | undefined,
  type: string | undefined,
  strings: Strings,
  action: Message['action'],
  waited: boolean,
): unknown {
  switch (state) {
    case 'loading':
    case 'fresh':
    case 'stale':
      return (state !== 'loading' && view) || (waited ? skeleton(type) : nothing);
    default:
      return html`<slot name=${state === 'empty' ? 'empty' : 'error'}>${message(messageFor(state, fault, strings, action))}</slot>`;
  }
}
