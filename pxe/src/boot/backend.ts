import type { RefusalReason } from './sessions/grant.ts';

/** One boot under way: whose it is, and the links and tokens its script may hold. */
export interface BootContext {
  bootId: string;
  mac: string;
  /** The client's address, as the connection shows it. */
  address: string;
  /** Where this boot plane is reached: `http://10.78.0.1:8091`. */
  origin: string;
  fileUrl(name: string): string;
  installFileUrl: string;
  /** Mints the token the discovery system exchanges for its session; an older one of this boot dies. */
  agentToken(): string;
  /** Mints the token of the installer's `POST /agent/installed`. */
  installToken(nodeId: string): string;
  /** Mints the token of the installed system's `POST /agent/first-boot`. */
  firstBootToken(nodeId: string): string;
}

/** What a boot loader is told to do. */
export interface BootScript {
  bootEnv: string;
  script: string;
  /** Files the script names with `fileUrl`: name → absolute path. */
  files: Readonly<Record<string, string>>;
  /** Whether `installFileUrl` may be fetched. */
  installFile: boolean;
}

/** A kickstart, preseed, autoinstall or AutoYaST. */
export interface InstallFile {
  contentType: string;
  text: string;
}

/** Decides what a machine boots. Must answer from memory: firmware gives up on a slow first script. */
export interface BootDecider {
  script(boot: BootContext): BootScript | Promise<BootScript>;
  installFile(boot: BootContext): InstallFile | Promise<InstallFile>;
}

/** A node that has shown a token. */
export interface NodeCaller {
  nodeId: string;
  bootId: string;
  mac: string;
  address: string;
}

export interface AgentHello {
  bootId: string;
  mac: string;
  address: string;
  uuid: string | null;
  serial: string | null;
  firmware: 'bios' | 'uefi' | null;
  arch: string | null;
  /** When its kernel started, in milliseconds since 1970, by this server's clock. */
  kernelStartedAt: number | null;
}

/** Something the discovery system is asked to do. Values of a key may repeat. */
export interface AgentAction {
  id: string;
  kind: string;
  params: readonly (readonly [string, string])[];
}

export interface ActionReport {
  status: 'running' | 'done' | 'failed';
  percent: number | null;
  phase: string | null;
  message: string | null;
}

/** A moment on a node: milliseconds since 1970 by this server's clock. */
export interface Mark {
  name: string;
  at: number;
}

export interface FirstBootReport {
  hostname: string | null;
  machineId: string | null;
  /** `type base64`, as in a host key file. */
  sshHostKeys: readonly string[];
  os: string | null;
  marks: readonly Mark[];
}

export interface InstalledReport {
  status: 'done' | 'failed';
  message: string | null;
}

/** Serves the discovery system and the installed system. Each call is durable when it resolves; repeats are harmless. */
export interface AgentDesk {
  session(hello: AgentHello): Promise<{ nodeId: string; nodeName: string }>;
  /** @returns the node this machine is, which may be another than it was taken for; @throws BootHttpError 400 when the inventory does not fit its schema */
  inventory(caller: NodeCaller, inventory: unknown): Promise<{ nodeId: string }>;
  /** The next action, or null when there was none for `waitMs` or `signal` fired. Also a sign of life. */
  nextAction(
    caller: NodeCaller,
    boot: ActionTokens,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<AgentAction | null>;
  report(caller: NodeCaller, actionId: string, report: ActionReport): Promise<void>;
  /** Absolute path of an image this node may read, or null. */
  image(caller: NodeCaller, name: string): Promise<string | null>;
  marks(caller: NodeCaller, marks: readonly Mark[]): Promise<void>;
  console(caller: NodeCaller, text: string): Promise<void>;
  firstBoot(caller: NodeCaller, report: FirstBootReport): Promise<void>;
  installed(caller: NodeCaller, report: InstalledReport): Promise<void>;
}

/** What an action's parameters may need. */
export interface ActionTokens {
  origin: string;
  firstBootToken(): string;
}

/** A call that was turned away; goes to the audit. */
export interface Refusal {
  reason: RefusalReason;
  /** The resource asked for, with the token left out: `boot/ipxe`, `agent/session`, … */
  resource: string;
  address: string;
  mac: string | null;
  nodeId: string | null;
  bootId: string | null;
}

/** A step of a boot that was served; becomes a mark of the boot timeline. */
export interface Served {
  bootId: string;
  mac: string;
  /** `ipxe`, `install-file` or `f/<name>`. */
  resource: string;
  stage: 'begun' | 'done';
  at: number;
  bytes: number;
}

/** Is told what happened. Must return at once and never throw. */
export interface BootObserver {
  refused(refusal: Refusal): void;
  served(event: Served): void;
  /** Not HTTP, or HTTP beyond the limits. */
  malformed(address: string | null): void;
  /** A handler failed: ours to mend. The client got 500 and will come again. */
  failed(resource: string, error: unknown): void;
}

/** All that the boot HTTP server needs to know about the world. */
export interface BootBackend {
  decider: BootDecider;
  agents: AgentDesk;
  observer: BootObserver;
}
