export { Bmc } from './bmc/bmc.ts';
export type { BmcAccess } from './bmc/ipmi-sim-config.ts';
export { type Application, applyTwice } from './bring-up/apply-barclamp.ts';
export { bringNodeUp, type NodeJourney, untilState } from './bring-up/bring-node-up.ts';
export { BringUpFailed, type BringUpOptions, bringUp } from './bring-up/bring-up.ts';
export { type NodeSummary, NodeWatch } from './bring-up/node-watch.ts';
export type { NodeReport, Phases, Report, RunReport } from './bring-up/report.ts';
export { type Lab, type LabOptions, startLab } from './lab.ts';
export { LabError } from './lab-error.ts';
export { type Acceleration, detectAcceleration } from './machine/acceleration.ts';
export { type ConsoleLine, ConsoleLog } from './machine/console-log.ts';
export { Machine, type PowerState } from './machine/machine.ts';
export type { Firmware, MachineOptions, MachineSpec } from './machine/machine-options.ts';
export type { BootDevice } from './machine/qemu-arguments.ts';
export { BRIDGE, PREFIX_LENGTH, SERVER_ADDRESS } from './rack/addresses.ts';
export { Child, type ChildExit } from './rack/child.ts';
export { findLeftovers, removeLeftover } from './rack/leftovers.ts';
export { createRack, Rack, type RackOptions, type RackUnit } from './rack/rack.ts';
export type { Admission } from './server/api-session.ts';
export {
  type HalliganServer,
  type ReadyLine,
  type ServerOptions,
  startServer,
} from './server/halligan-server.ts';
