/** What must be known of a node to open a shell on it. The facts that nodes/ hands out fit as they are. */
export interface ShellTarget {
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
  /** Pinned at first boot, one OpenSSH public key (`type base64`) each. */
  readonly sshHostKeys: readonly string[];
}
