export { fetchPinned, readFingerprint } from './pinned-fetch.ts';
