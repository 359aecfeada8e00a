import type { ReactiveControllerHost } from 'lit';
import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert, Silence, SilenceInput } from '../../sdk/contract/alert.js';
import { alertListOf } from '../../sdk/store/alert-list.js';
import { faultOf, type Fault } from './faults.js';

/** What viewers do about alerts, at the edge. Nothing is shown as done before the edge says so; one thing at a time is done about one alert. */
export class AlertActions {
  /** What the last one about an alert ran into. */
  fault: { id: string; fault: Fault } | undefined;
  /** The edge said that the viewer may not silence. */
  isSilenceRefused = false;
  readonly #host: ReactiveControllerHost;
  readonly #client: () => CcmClient | undefined;
  #pending = new Set<string>();

  constructor(host: ReactiveControllerHost, client: () => CcmClient | undefined) {
    this.#host = host;
    this.#client = client;
  }

  isBusy(id: string): boolean {
    return this.#pending.has(id);
  }

  /** Another viewer: what the last one might do is not known of them. */
  reset(): void {
    this.fault = undefined;
    this.isSilenceRefused = false;
  }

  ack(alert: Alert, comment?: string): Promise<Alert | undefined> {
    return this.#change(alert, (client) => client.alerts.ack(alert.id, comment || undefined));
  }

  assign(alert: Alert, assignee: string | null): Promise<Alert | undefined> {
    return this.#change(alert, (client) => client.alerts.assign(alert.id, assignee));
  }

  comment(alert: Alert, text: string): Promise<Alert | undefined> {
    return this.#change(alert, (client) => client.alerts.comment(alert.id, text));
  }

  async silence(id: string, input: SilenceInput): Promise<Silence | undefined> {
    const made = await this.#run(id, (client) => client.alerts.silence(input));
    if (this.fault?.id === id && this.fault.fault.code === 'forbidden') {
      this.isSilenceRefused = true;
      this.#host.requestUpdate();
    }
    // Whom it concerns, the edge tells by frames; where none come, it is asked.
    const client = this.#client();
    if (made && client) void alertListOf(client).reload();
    return made;
  }

  async #change(alert: Alert, act: (client: CcmClient) => Promise<Alert>): Promise<Alert | undefined> {
    const client = this.#client();
    const changed = await this.#run(alert.id, act);
    if (client && changed && typeof changed === 'object') alertListOf(client).take(changed);
    // It is not there any more: the list is older than the edge.
    if (client && this.fault?.id === alert.id && this.fault.fault.code === 'not_found') void alertListOf(client).reload();
    return changed;
  }

  async #run<T>(id: string, act: (client: CcmClient) => Promise<T>): Promise<T | undefined> {
    const client = this.#client();
    if (client === undefined || this.#pending.has(id)) return undefined;
    this.#pending.add(id);
    this.fault = undefined;
    this.#host.requestUpdate();
    try {
      return await act(client);
    } catch (error) {
      if (client === this.#client()) this.fault = { id, fault: faultOf(error) };
      return undefined;
    } finally {
      this.#pending.delete(id);
      this.#host.requestUpdate();
    }
  }
}
