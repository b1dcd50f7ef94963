import { randomBytes, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import ssh2 from 'ssh2';
import type { ServerConfig } from '../config.ts';
import { writePrivateFile } from './data-folder.ts';
import { newSshKeyPair } from './new-ssh-key.ts';

const TEN_YEARS_MS = 10 * 365 * 24 * 3600 * 1000;

/** Makes what is missing of the encryption key and the SSH key pair. */
export function ensureKeys(config: ServerConfig): void {
  mkdirSync(config.secretsDir, { recursive: true, mode: 0o700 });
  ensureEncryptionKey(config);
  ensureSshKeyPair(config);
}

function ensureEncryptionKey(config: ServerConfig): void {
  const path = join(config.secretsDir, 'encryption.key');
  if (existsSync(path)) return;
  if (existsSync(join(config.dataDir, 'halligan.db')))
    throw new Error(
      `${path} is gone, and with it every sealed secret. Restore it from a backup of the data folder.`,
    );
  writePrivateFile(path, `${randomBytes(32).toString('base64')}\n`);
}

/** Nodes trust this pair for as long as they live, so the private half is never made twice. */
function ensureSshKeyPair(config: ServerConfig): void {
  const path = join(config.secretsDir, 'ssh_key');
  if (!existsSync(path)) {
    writePrivateFile(path, newSshKeyPair().private);
  }
  if (existsSync(`${path}.pub`)) return;
  const key = ssh2.utils.parseKey(readFileSync(path));
  if (key instanceof Error) throw new Error(`${path} is not an SSH key: ${key.message}`);
  writePrivateFile(`${path}.pub`, `${key.type} ${key.getPublicSSH().toString('base64')} halligan\n`);
}

/** Makes the self-signed certificate when there is none or it has ended; answers its SHA-256 fingerprint. */
export async function ensureCertificate(config: ServerConfig): Promise<string> {
  const keyPath = join(config.secretsDir, 'tls.key');
  const path = join(config.secretsDir, 'tls.crt');
  if (!existsSync(path) || !existsSync(keyPath) || hasEnded(readFileSync(path, 'utf8'))) {
    const made = await generate([{ name: 'commonName', value: hostname() }], {
      keyType: 'ec',
      algorithm: 'sha256',
      notAfterDate: new Date(Date.now() + TEN_YEARS_MS),
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'keyUsage', digitalSignature: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: alternativeNames(config) },
      ],
    });
    writePrivateFile(keyPath, made.private);
    writePrivateFile(path, made.cert);
  }
  return new X509Certificate(readFileSync(path)).fingerprint256;
}

function hasEnded(certificate: string): boolean {
  return new Date(new X509Certificate(certificate).validTo).getTime() < Date.now();
}

function alternativeNames(config: ServerConfig) {
  const addresses = Object.values(networkInterfaces()).flatMap((each) =>
    (each ?? []).map(({ address }) => address),
  );
  const { host } = config.listen;
  const all = new Set(['127.0.0.1', '::1', ...addresses, ...(/^[\d.]+$/.test(host) ? [host] : [])]);
  all.delete('0.0.0.0');
  return [
    ...[...new Set(['localhost', hostname()])].map((value) => ({ type: 2 as const, value })),
    ...[...all].filter((ip) => !ip.includes('%')).map((ip) => ({ type: 7 as const, ip })),
  ];
}
