import type { Answer } from '../contract/answer.js';
import type { ExternalAPIDataSource, ModuleDataSource, ParamValue, SourceParams, SystemDataSource } from '../contract/data-source.js';
import type { Http } from './http.js';

function append(query: URLSearchParams, name: string, value: ParamValue): void {
  if (value === null) return;
  if (Array.isArray(value)) for (const item of value) append(query, name, item);
  else if (typeof value === 'object') for (const [key, inner] of Object.entries(value)) append(query, `${name}[${key}]`, inner);
  else query.append(name, String(value));
}

/** Lists are repeated names, objects `name[key]`; as the edge itself writes them to a module. */
function queryOf(named: Record<string, string>, params: SourceParams = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) append(query, name, value);
  // What names the source comes after and wins, whatever the params are called.
  for (const [name, value] of Object.entries(named)) query.set(name, value);
  return query.toString();
}

/** The requirement's three ways to ask a source directly. */
export async function fetchModuleData({ request, segment }: Http, { moduleName, endpoint, params }: ModuleDataSource): Promise<Answer> {
  return (await request<Answer>('GET', `/modules/${segment(moduleName)}/widget-data?${queryOf({ endpoint }, params)}`)).data;
}

export async function fetchExternalAPIData({ request }: Http, { type: _type, ...body }: ExternalAPIDataSource): Promise<Answer> {
  return (await request<Answer>('POST', '/external-api/proxy', { body })).data;
}

export async function fetchSystemMetric({ request }: Http, { metric, params }: SystemDataSource): Promise<Answer> {
  return (await request<Answer>('GET', `/system/metrics?${queryOf({ metric }, params)}`)).data;
}
