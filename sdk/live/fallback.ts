/** The carriers behind the WebSocket, in a chunk of their own. */
export { openPoll } from './poll.js';
export { openSse } from './sse.js';
