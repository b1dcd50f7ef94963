import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

const GIGABYTE = 1024 ** 3;

/** Looks at everything that needs no program to look at; throws the first problem found. */
export function checkMachine() {
  checkNode();
  checkRoot();
  checkSystem();
  checkDisk('/var/tmp', 4, 'disks of the emulated machines and images');
  checkDisk(root, existsSync(`${root}/node_modules`) ? 0.5 : 2, 'packages and build');
  checkMemory();
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Problem(
    `Node ${process.versions.node} is too old`,
    'Install Node 20.19 or newer and run the command again.',
  );
}

function checkRoot() {
  if (process.platform !== 'linux')
    throw new Problem(`${process.platform} is not Linux`, 'Use Debian 12 or newer.');
  if (process.getuid() === 0) return;
  throw new Problem(
    'root is needed for network namespaces, virtual machines and DHCP on port 67',
    'Run the same command as root, for example with sudo.',
  );
}

function checkSystem() {
  const release = readFileSync('/etc/os-release', 'utf8');
  const field = (name) => new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(release)?.[1] ?? '';
  const version = field('VERSION_ID');
  // Debian's testing and unstable carry no version.
  if (field('ID') === 'debian' && (version === '' || Number(version) >= 12)) return;
  throw new Problem(
    `${field('PRETTY_NAME') || 'this system'} is not Debian 12 or newer`,
    'Use Debian 12 or newer.',
  );
}

function checkDisk(path, gigabytes, what) {
  const { bavail, bsize } = statfsSync(path);
  const free = (bavail * bsize) / GIGABYTE;
  if (free >= gigabytes) return;
  throw new Problem(
    `${path} has ${free.toFixed(1)} GB free; ${gigabytes} GB are needed for ${what}`,
    `Make room under ${path}.`,
  );
}

function checkMemory() {
  const available =
    Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) / 1024 ** 2;
  if (available >= 2.5) return;
  throw new Problem(
    `${available.toFixed(1)} GB of memory are available; 2.5 GB are needed for two machines and the server`,
    'End other programs or use a machine with more memory.',
  );
}
