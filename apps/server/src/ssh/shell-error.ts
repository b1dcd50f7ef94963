/** Why a shell could not be used. */
export type ShellErrorCode =
  | 'ssh.no_address'
  | 'ssh.no_host_key'
  | 'ssh.host_key_mismatch'
  | 'ssh.unreachable'
  | 'ssh.refused'
  | 'ssh.connection_lost'
  | 'ssh.timeout';

/** A shell that cannot be opened, or broke. `passing` ones may come out better when tried again. */
export class ShellError extends Error {
  override readonly name = 'ShellError';
  readonly code: ShellErrorCode;

  constructor(code: ShellErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get passing(): boolean {
    return (
      this.code === 'ssh.unreachable' || this.code === 'ssh.connection_lost' || this.code === 'ssh.timeout'
    );
  }
}
