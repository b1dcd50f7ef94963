export { StandaloneError } from './boot-interface.ts';
export {
  runStandaloneNetboot,
  type StandaloneEvent,
  type StandaloneNetboot,
  type StandaloneOptions,
} from './run-standalone-netboot.ts';
export { runStandaloneCommand } from './standalone-command.ts';
