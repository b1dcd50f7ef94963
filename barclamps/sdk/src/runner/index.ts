export { type Bundle, bundle, stepKey } from './bundle.ts';
export { type Phase, parseEvent, type RunnerEvent, type RunnerResult, type StepOutcome } from './events.ts';
export { type JournalEntry, JournalReader } from './journal-reader.ts';
export { mask, maskPatterns } from './masks.ts';
export {
  installRunnerCommand,
  RunnerStatus,
  runnerCommand,
  runnerHash,
  runnerPath,
  runnerSource,
} from './runner.ts';
