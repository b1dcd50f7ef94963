import { execa } from 'execa';

/** Where the admin machine gets Debian from, as apt has it. */
export interface DebianSource {
  readonly url: string;
  /** The path of the keyring with Debian's public keys, old and new. */
  readonly keyring: string;
}

const SEPARATOR = '|';
const FORMAT = ['REPO_URI', 'SUITE', 'CODENAME', 'ORIGIN'].map((field) => `$(${field})`).join(SEPARATOR);
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * The archive the admin machine's Debian packages come from; it carries every release, whichever the machine itself
 * runs. Read from apt at run time: where that is, is the machine's business.
 */
export async function adminDebianSource(): Promise<DebianSource> {
  const { stdout } = await execa('apt-get', ['indextargets', '--format', FORMAT, 'Created-By: Packages']);
  for (const line of stdout.split('\n')) {
    const [url = '', suite = '', codename = '', origin] = line.split(SEPARATOR);
    // Updates, backports and security are archives of their own, or suites with a dash.
    if (origin !== 'Debian' || suite.includes('-') || codename.includes('-')) continue;
    return { url: url.replace(/\/$/, ''), keyring: KEYRING };
  }
  throw new Error(
    'apt on this machine knows no Debian archive: run apt-get update, and look at /etc/apt/sources.list.d',
  );
}
