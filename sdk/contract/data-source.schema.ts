import { z } from 'zod';
import type {
  ExternalAPIDataSource, ModuleDataSource, PrometheusDataSource, PushDataSource, SourceParams, StaticDataSource, SystemDataSource, WidgetDataSource,
} from './data-source.js';
import { anyOf, checked, exactly, form, freeMap, object, text } from './parts.schema.js';

/** Params of a source. That they are what JSON can say, and not nested too deep, is for `widgetFaults`. */
const params = () => freeMap(50).optional() as unknown as z.ZodOptional<z.ZodType<SourceParams>>;
const endpoint = () => text(500);

export const ModuleDataSourceSchema = checked<ModuleDataSource>()(object({
  type: exactly('module'),
  moduleName: form('moduleName'),
  endpoint: endpoint(),
  params: params(),
}).meta({ id: 'ModuleDataSource', description: 'Data of an ERP module; `endpoint` is an absolute path inside it.' }));

export const ExternalAPIDataSourceSchema = checked<ExternalAPIDataSource>()(object({
  type: exactly('external_api'),
  apiName: form('id'),
  endpoint: endpoint(),
  credentials: form('id').optional(),
  params: params(),
}).meta({ id: 'ExternalAPIDataSource', description: 'Data of an external API; `credentials` is the name of a stored secret, never the secret.' }));

export const SystemDataSourceSchema = checked<SystemDataSource>()(object({
  type: exactly('system'),
  metric: form('metric'),
  params: params(),
}).meta({ id: 'SystemDataSource', description: 'A metric of the edge, its machine and its modules.' }));

export const StaticDataSourceSchema = checked<StaticDataSource>()(object({
  type: exactly('static'),
  data: z.unknown(),
}).meta({ id: 'StaticDataSource', description: 'Data written in the definition itself.' }));

export const PushDataSourceSchema = checked<PushDataSource>()(object({
  type: exactly('push'),
  channel: form('channel'),
}).meta({ id: 'PushDataSource', description: 'The last value that was pushed to a channel.' }));

export const PrometheusDataSourceSchema = checked<PrometheusDataSource>()(object({
  type: exactly('prometheus'),
  query: text(2_000),
  range: form('duration').optional(),
  step: form('duration').optional(),
}).meta({ id: 'PrometheusDataSource', description: 'A query of PromQL through the connector `prometheus`.' }));

export const WidgetDataSourceSchema: z.ZodType<WidgetDataSource> = anyOf('type', [
  ModuleDataSourceSchema, ExternalAPIDataSourceSchema, SystemDataSourceSchema, StaticDataSourceSchema, PushDataSourceSchema,
  PrometheusDataSourceSchema,
]).meta({ id: 'WidgetDataSource' });
