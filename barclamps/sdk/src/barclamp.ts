import type { z } from 'zod';
import type { Script } from './shell/script.ts';
import type { Step } from './step.ts';
import type { TargetNode } from './target-node.ts';

/** The deployment a barclamp's functions are asked about. Everything in it is sorted, so answers do not wobble. */
export interface Deployment<Attributes, Role extends string> {
  readonly attributes: Attributes;
  /** The nodes that carry the role, by name. */
  nodesWith(role: Role): readonly TargetNode[];
}

/** The deployment, seen from one node in one role. */
export interface RoleContext<Attributes, Role extends string> extends Deployment<Attributes, Role> {
  readonly node: TargetNode;
}

/** How many nodes may carry a role. */
export interface Count {
  readonly min?: number;
  readonly max?: number;
}

/** What a node does in a barclamp. */
export interface RoleDeclaration<Attributes, Role extends string> {
  readonly description: string;
  readonly count?: Count;
  /** A node in this role is in no other role of the proposal. */
  readonly unique?: boolean;
  /** Roles that may not share a node with this one. */
  readonly conflicts?: readonly Role[];
  /** Must be the same for the same context: plans and goldens depend on it. */
  readonly steps: (context: RoleContext<Attributes, Role>) => readonly Step[];
  /** Undoes the role on a node that lost it. */
  readonly remove?: (context: RoleContext<Attributes, Role>) => readonly Step[];
}

/** A question only a working deployment answers well. It changes nothing. */
export interface SmokeTest {
  readonly name: string;
  readonly on: TargetNode;
  /** Silent and content (status 0) when the deployment works; says in words what is wrong otherwise. */
  readonly ask: Script;
  readonly timeoutSeconds?: number;
}

/** What an author declares; see `defineBarclamp`. */
export interface BarclampDeclaration<Schema extends z.ZodObject, Role extends string> {
  /** Equal to the name of the barclamp's folder. */
  readonly name: string;
  readonly description: string;
  /** Barclamps that must be applied before this one. */
  readonly requires?: readonly string[];
  readonly attributes: Schema;
  readonly roles: Readonly<Record<Role, RoleDeclaration<z.output<Schema>, NoInfer<Role>>>>;
  /** Outer list one after the other, inner list at the same time. Every role exactly once. */
  readonly elementOrder: readonly (readonly NoInfer<Role>[])[];
  readonly smokeTest?: (deployment: Deployment<z.output<Schema>, NoInfer<Role>>) => readonly SmokeTest[];
}

/** A barclamp of whatever attributes and roles: what catalogue, plan and run work with. */
export interface Barclamp {
  readonly name: string;
  readonly description: string;
  readonly requires: readonly string[];
  readonly attributes: z.ZodObject;
  readonly roles: Readonly<Record<string, RoleDeclaration<Record<string, unknown>, string>>>;
  readonly elementOrder: readonly (readonly string[])[];
  readonly smokeTest?: (deployment: Deployment<Record<string, unknown>, string>) => readonly SmokeTest[];
}
