export type {
  Barclamp,
  BarclampDeclaration,
  Count,
  Deployment,
  RoleContext,
  RoleDeclaration,
  SmokeTest,
} from './barclamp.ts';
export { attributesSchema, barclampProblems, catalogueProblems } from './barclamp-problems.ts';
export { defineBarclamp } from './define-barclamp.ts';
export { deployment, type Elements } from './deployment.ts';
export { commandStep } from './resources/command-step.ts';
export { directory } from './resources/directory.ts';
export { eventually } from './resources/eventually.ts';
export { file } from './resources/file.ts';
export { installedPackage, type PackageOptions } from './resources/installed-package.ts';
export type { Ownership } from './resources/ownership.ts';
export { runningService, type ServiceOptions } from './resources/running-service.ts';
export { Secret, secret } from './secret.ts';
export { quote } from './shell/quote.ts';
export { type NodePath, nodePath, payload, type Script } from './shell/script.ts';
export { type Shellable, sh } from './shell/sh.ts';
export { DEFAULT_TIMEOUT_SECONDS, type Preview, type Step, type StepDeclaration, step } from './step.ts';
export { type OperatingSystem, type TargetNode, targetNode } from './target-node.ts';
