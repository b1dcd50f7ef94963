/** The discovery image: what runs on a node before it has an operating system, and what it reports. */
export {
  type DiscoveryImage,
  type DiscoveryImageOptions,
  type DiscoveryManifest,
  ensureDiscoveryImage,
} from './discovery-image.ts';
export { type Inventory, inventorySchema } from './inventory.schema.ts';
export type { Flavour } from './module-selection.ts';
