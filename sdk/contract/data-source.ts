/** Values a source parameter may have; nested ones leave in the source's own encoding. */
export type ParamValue = string | number | boolean | null | ParamValue[] | { [name: string]: ParamValue };
export type SourceParams = Record<string, ParamValue>;

/** Data of an ERP module: `GET <module's base URL><endpoint>?<params>`. */
export interface ModuleDataSource {
  type: 'module';
  /** A name in the module registry, `[a-z0-9-]{1,40}`. */
  moduleName: string;
  /** An absolute path inside the module, for example `/api/metrics/daily-summary`. */
  endpoint: string;
  params?: SourceParams;
}

/** Data of an external API, fetched through the edge by a connector. */
export interface ExternalAPIDataSource {
  type: 'external_api';
  /** Name of the connector, for example `stripe`. */
  apiName: string;
  endpoint: string;
  /** Name of a stored credential; never the secret itself. */
  credentials?: string;
  params?: SourceParams;
}

/** A metric of the edge, its machine and its modules, for example `cpu_usage`. */
export interface SystemDataSource {
  type: 'system';
  metric: string;
  params?: SourceParams;
}

/** Data written in the definition itself. */
export interface StaticDataSource {
  type: 'static';
  data: unknown;
}

/** The last value that devices or programs pushed to a channel: by `POST /api/v1/ingest/:channel` or by MQTT. */
export interface PushDataSource {
  type: 'push';
  /** A channel of the settings, `[a-z0-9][a-z0-9._-]{0,99}`. */
  channel: string;
}

/** Name of the connector that `type: prometheus` is short for. */
export const PROMETHEUS_CONNECTOR = 'prometheus';

/** A query of PromQL through the connector `prometheus`: a row `{time, value, metric}` a sample. */
export interface PrometheusDataSource {
  type: 'prometheus';
  query: string;
  /** How far back, `1h`, `7d`; without it the newest value alone. */
  range?: string;
  /** Between two samples, `30s`, `5m`; default: a 240th of the range. */
  step?: string;
}

export type WidgetDataSource = ModuleDataSource | ExternalAPIDataSource | SystemDataSource | StaticDataSource | PushDataSource | PrometheusDataSource;
export type DataSourceType = WidgetDataSource['type'];
