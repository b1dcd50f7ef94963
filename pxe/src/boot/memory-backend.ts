import type {
  ActionReport,
  AgentAction,
  AgentDesk,
  AgentHello,
  BootBackend,
  BootContext,
  BootDecider,
  BootObserver,
  BootScript,
  FirstBootReport,
  InstalledReport,
  InstallFile,
  Mark,
  NodeCaller,
  Refusal,
  Served,
} from './backend.ts';

/** An honest backend without a database: decisions are given to it, calls are kept for reading. For tests and trials. */
export class MemoryBackend implements BootBackend, BootDecider, AgentDesk, BootObserver {
  readonly decider = this;
  readonly agents = this;
  readonly observer = this;
  readonly refusals: Refusal[] = [];
  readonly events: Served[] = [];
  readonly hellos: AgentHello[] = [];
  readonly inventories = new Map<string, unknown>();
  readonly actions: AgentAction[] = [];
  readonly reports: { actionId: string; report: ActionReport }[] = [];
  readonly marked: Mark[] = [];
  readonly images = new Map<string, string>();
  readonly firstBoots: { caller: NodeCaller; report: FirstBootReport }[] = [];
  readonly installs: { caller: NodeCaller; report: InstalledReport }[] = [];
  readonly faults: unknown[] = [];
  consoleText = '';
  malformedCount = 0;

  constructor(
    private readonly decide: (boot: BootContext) => BootScript,
    private readonly renderInstallFile: (boot: BootContext) => InstallFile = () => ({
      contentType: 'text/plain',
      text: '',
    }),
  ) {}

  script(boot: BootContext): BootScript {
    return this.decide(boot);
  }

  installFile(boot: BootContext): InstallFile {
    return this.renderInstallFile(boot);
  }

  async session(hello: AgentHello): Promise<{ nodeId: string; nodeName: string }> {
    this.hellos.push(hello);
    const nodeName = `node-${hello.mac.replaceAll(':', '')}`;
    return { nodeId: nodeName, nodeName };
  }

  async inventory(caller: NodeCaller, inventory: unknown): Promise<{ nodeId: string }> {
    this.inventories.set(caller.nodeId, inventory);
    return { nodeId: caller.nodeId };
  }

  async nextAction(): Promise<AgentAction | null> {
    return this.actions.shift() ?? null;
  }

  async report(_caller: NodeCaller, actionId: string, report: ActionReport): Promise<void> {
    this.reports.push({ actionId, report });
  }

  async image(_caller: NodeCaller, name: string): Promise<string | null> {
    return this.images.get(name) ?? null;
  }

  async marks(_caller: NodeCaller, marks: readonly Mark[]): Promise<void> {
    this.marked.push(...marks);
  }

  async console(_caller: NodeCaller, text: string): Promise<void> {
    this.consoleText += text;
  }

  async firstBoot(caller: NodeCaller, report: FirstBootReport): Promise<void> {
    this.firstBoots.push({ caller, report });
  }

  async installed(caller: NodeCaller, report: InstalledReport): Promise<void> {
    this.installs.push({ caller, report });
  }

  refused(refusal: Refusal): void {
    this.refusals.push(refusal);
  }

  served(event: Served): void {
    this.events.push(event);
  }

  malformed(): void {
    this.malformedCount += 1;
  }

  failed(_resource: string, error: unknown): void {
    this.faults.push(error);
  }
}
