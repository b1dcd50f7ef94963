export { collectedHeap } from './collected-heap.ts';
export { eventually } from './eventually.ts';
export { connect, type End, Namespace } from './namespaces.ts';
export { type Finished, mustRun, run, Service } from './run.ts';
