import { createRemoteJWKSet, jwtVerify } from 'jose';

/** What a module knows of the edge. */
export interface EdgeLink {
  /** The tenant that the edge's token names. Throws where the token is not the edge's, or not for this module. */
  tenantOf(authorization: string | undefined): Promise<string>;
  /** Tells the edge that the module's numbers of a tenant changed; it then fetches what is being looked at. */
  tellChanged(tenant: string): Promise<void>;
}

const JWKS_PATH = '/api/v1/modules/jwks';
const RETRY_AFTER_MS = [250, 1000];

/** `edgeUrl` is asked when it is needed: modules start before the edge, which must know their ports. Who asks earlier waits until it listens. */
export function createEdgeLink(module: { name: string; secret: string; edgeUrl: () => URL | Promise<URL> }): EdgeLink {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  return {
    async tenantOf(authorization) {
      const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) throw new Error('There is no bearer token.');
      const edge = await module.edgeUrl();
      keys ??= createRemoteJWKSet(new URL(JWKS_PATH, edge));
      const { payload } = await jwtVerify(token, keys, { audience: module.name, algorithms: ['EdDSA', 'ES256', 'RS256'], requiredClaims: ['exp'] });
      if (typeof payload['tenant'] !== 'string') throw new Error('The token names no tenant.');
      return payload['tenant'];
    },
    async tellChanged(tenant) {
      const url = new URL(`/api/v1/modules/${module.name}/events`, await module.edgeUrl());
      for (const wait of [0, ...RETRY_AFTER_MS]) {
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        const response = await post(url, module.secret, { tenant }).catch(() => undefined);
        if (response?.ok === true) return;
        // A refusal stays one; only a fault on the way or on the other side is tried again.
        if (response !== undefined && response.status < 500) throw new Error(`The edge refused the event with ${response.status}.`);
      }
      throw new Error('The edge did not take the event.');
    },
  };
}

async function post(url: URL, secret: string, body: object): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'authorization': `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5000),
  });
  await response.arrayBuffer();
  return response;
}
