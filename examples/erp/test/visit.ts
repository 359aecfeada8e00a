import type { Page } from 'playwright-core';

/** A page and what it did. */
export interface Visit {
  page: Page;
  /** Bodies of its batch requests. */
  batches: string[];
  /** Addresses of its live connections, and the text frames that came and went over them. */
  sockets: string[];
  received: string[];
  sent: string[];
  /** Documents that it loaded: a reload is one more. */
  loads: string[];
  /** Errors on the page and in its console. */
  faults: string[];
}

/** Writes down from now on what a page does. */
export function watched(page: Page): Visit {
  const visit: Visit = { page, batches: [], sockets: [], received: [], sent: [], loads: [], faults: [] };
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/widgets/data')) visit.batches.push(request.postData() ?? '');
    if (request.isNavigationRequest()) visit.loads.push(request.url());
  });
  page.on('websocket', (socket) => {
    visit.sockets.push(socket.url());
    socket.on('framereceived', ({ payload }) => visit.received.push(String(payload)));
    socket.on('framesent', ({ payload }) => visit.sent.push(String(payload)));
  });
  page.on('pageerror', (error) => visit.faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') visit.faults.push(message.text());
  });
  return visit;
}
