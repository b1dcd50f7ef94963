import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { DebianSource } from './admin-sources.ts';
import { parseStanzas, type Stanza } from './stanza.ts';

/** Not taken over from the machine's configuration: where apt keeps and looks for things. */
const SETTINGS = (folder: string) => `Dir::Etc::SourceList "${folder}/sources.list";
Dir::Etc::SourceParts "-";
Dir::State "${folder}/state";
Dir::State::Lists "${folder}/lists";
Dir::State::Status "${folder}/status";
Dir::Cache "${folder}/cache";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
`;

interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** apt for another release than this machine's, with nothing installed, in folders of its own. */
export class PrivateApt {
  readonly #folder: string;
  readonly #config: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#config = join(folder, 'apt.conf');
  }

  /** Fetches the package lists of `codename`, ordinary packages and the installer's own. */
  static async open(folder: string, source: DebianSource, codename: string): Promise<PrivateApt> {
    for (const each of ['state', 'lists/partial', 'cache/archives/partial']) {
      await mkdir(join(folder, each), { recursive: true });
    }
    const entry = `deb [signed-by=${source.keyring}] ${source.url} ${codename} main main/debian-installer\n`;
    const apt = new PrivateApt(folder);
    await writeFile(join(folder, 'sources.list'), entry);
    await writeFile(join(folder, 'status'), '');
    await writeFile(apt.#config, SETTINGS(folder));
    await apt.#run('apt-get', ['update', '--error-on=any']);
    return apt;
  }

  /** The signed text that names every list: as long as it is the same, so is everything below it. */
  async release(): Promise<string> {
    const lists = join(this.#folder, 'lists');
    const name = (await readdir(lists)).find((each) => each.endsWith('_InRelease'));
    if (name === undefined) throw new Error(`${lists}: apt has fetched no InRelease`);
    return readFile(join(lists, name), 'utf8');
  }

  /** What the lists say about the newest version of each package; names there are not are absent. */
  async show(names: readonly string[]): Promise<Stanza[]> {
    if (names.length === 0) return [];
    const { stdout } = await this.#run('apt-cache', ['show', '--no-all-versions', ...names], [0, 100]);
    return parseStanzas(stdout);
  }

  /** Every package of the installer. */
  async udebs(): Promise<Stanza[]> {
    const list = (await readdir(join(this.#folder, 'lists'))).find((each) =>
      /_debian-installer_binary-amd64_Packages/.test(each),
    );
    if (list === undefined) throw new Error('this archive has no packages of the installer');
    const path = join(this.#folder, 'lists', list);
    const { stdout } = await this.#run('/usr/lib/apt/apt-helper', ['cat-file', path]);
    return parseStanzas(stdout);
  }

  /** The names of everything that installing `wanted` (names or apt patterns) on an empty machine would install. */
  async closure(wanted: readonly string[]): Promise<string[]> {
    const { stdout } = await this.#run('apt-get', ['install', '--simulate', '--yes', '--quiet', ...wanted]);
    return stdout.split('\n').flatMap((line) => /^Inst ([^ :]+)/.exec(line)?.[1] ?? []);
  }

  /**
   * Downloads packages into `folder` and returns the paths by name. What the archive lists but does not have is
   * left out; any other failure throws.
   */
  async download(names: readonly string[], folder: string): Promise<Map<string, string>> {
    await mkdir(folder, { recursive: true });
    if (names.length > 0) {
      const { exitCode, stderr } = await this.#run('apt-get', ['download', ...names], [0, 100], folder);
      const fatal = stderr.split('\n').find((line) => line.startsWith('E: ') && !/ 404 /.test(line));
      if (exitCode !== 0 && fatal !== undefined) throw new Error(`apt-get download: ${fatal}`);
    }
    const wanted = new Set(names);
    const files = (await readdir(folder)).map(
      (file) => [file.split('_')[0] ?? '', join(folder, file)] as const,
    );
    return new Map(files.filter(([name]) => wanted.has(name)));
  }

  async #run(program: string, args: string[], accepted = [0], cwd = this.#folder): Promise<Answer> {
    const env = { APT_CONFIG: this.#config, LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' };
    const result = await execa(program, args, { cwd, env, reject: false, maxBuffer: 512 * 1024 * 1024 });
    const { exitCode = -1, stdout, stderr } = result;
    if (accepted.includes(exitCode)) return { exitCode, stdout, stderr };
    throw new Error(
      `${result.escapedCommand} ended with ${result.exitCode ?? result.signal}: ${result.stderr.slice(-2000)}`,
    );
  }
}
