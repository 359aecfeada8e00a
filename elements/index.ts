/**
 * The elements as a package. Importing registers nothing: call `define()` once.
 *
 * @example
 * import { define } from '@a64core/ccm/elements';
 * define();
 */
export { define, ensure } from './anywhere.js';
export { registerIcon } from './core/icons.js';
export { registerTranslation } from './core/localize.js';
export type { Translation } from './core/localize.js';
export { CcmProvider } from './provider/ccm-provider.js';
export { CcmWidget } from './widget/ccm-widget.js';
export {
  CcmActionEvent, CcmAuthRequiredEvent, CcmDataEvent, CcmErrorEvent, CcmLayoutChangeEvent, CcmReadyEvent, CcmWidgetAddEvent, CcmWidgetRemoveEvent,
} from './core/events.js';
export type {
  ActionDetail, AuthRequiredDetail, DataDetail, ErrorDetail, LayoutChangeDetail, ReadyDetail, WidgetItemDetail,
} from './core/events.js';
export { CcmAlertAckEvent, CcmAlertOpenEvent } from './core/alert-event.js';
export type { AlertDetail } from './core/alert-event.js';
export type { AlertsStrings } from './core/alerts-strings.js';
export { CcmConnectionChangeEvent } from './core/connection-event.js';
export type { ConnectionChangeDetail } from './core/connection-event.js';
export type { ConnectionStrings } from './core/connection-strings.js';
export type { Strings } from './core/strings.js';
export { CcmCollapseEvent } from './core/collapse-event.js';
export type { Failure, WhyStrings } from './core/why-strings.js';
export type { Explanation } from './widget/explanation.js';
export type { CcmListeners, CcmTags } from './framework-types.js';
export type { CcmAlerts } from './alerts/ccm-alerts.js';
export type { CcmConnections } from './connections/ccm-connections.js';
export type { CcmDashboard } from './dashboard/ccm-dashboard.js';
export type { CcmGallery } from './gallery/ccm-gallery.js';
export type { CcmMarketplace } from './marketplace/ccm-marketplace.js';
export { VERSION } from './core/version.js';
