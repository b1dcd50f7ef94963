import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { Problem } from './problem.mjs';

/** Tries each kernel feature the rack stands on, in a namespace that is gone again afterwards. */
export function checkKernel() {
  const namespace = `hg-check-${process.pid}`;
  attempt('network namespaces', 'CONFIG_NET_NS', ['netns', 'add', namespace]);
  try {
    const link = (...words) => ['-netns', namespace, 'link', 'add', ...words];
    attempt('bridges', 'CONFIG_BRIDGE', link('check0', 'type', 'bridge'));
    attempt(
      'virtual Ethernet pairs',
      'CONFIG_VETH',
      link('check1', 'type', 'veth', 'peer', 'name', 'check2'),
    );
    checkTunDevice();
    attempt('taps', 'CONFIG_TUN', ['-netns', namespace, 'tuntap', 'add', 'dev', 'check3', 'mode', 'tap']);
  } finally {
    spawnSync('ip', ['netns', 'delete', namespace]);
  }
  checkOverlay();
}

function attempt(feature, option, args) {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status === 0) return;
  throw new Problem(
    `the kernel refuses ${feature}: ${(error?.message ?? stderr).trim()}`,
    `Use a kernel with ${option} and, in a container, give it the right to use it (CAP_NET_ADMIN, CAP_SYS_ADMIN).`,
  );
}

function checkTunDevice() {
  try {
    closeSync(openSync('/dev/net/tun', 'r+'));
  } catch (error) {
    throw new Problem(
      `/dev/net/tun cannot be opened: ${error.message}`,
      'Load the module with `modprobe tun`, or pass the device to the container.',
    );
  }
}

function checkOverlay() {
  const known = () => /\boverlay$/m.test(readFileSync('/proc/filesystems', 'utf8'));
  if (known()) return;
  if (existsSync('/sbin/modprobe')) spawnSync('/sbin/modprobe', ['overlay']);
  if (known()) return;
  throw new Problem('the kernel has no overlay file system', 'Use a kernel with CONFIG_OVERLAY_FS.');
}
