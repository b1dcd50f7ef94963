export { ApiError } from './api-error.ts';
export { createHalliganClient, type HalliganClient, type HalliganClientOptions, unwrap } from './client.ts';
export { type EventsOptions, followEvents } from './events.ts';
export type { components, paths } from './generated/schema.ts';
export type { HalliganEvent, Schemas } from './types.ts';
