/** How to reach a board controller, with its password in the clear: held in memory for one action, never stored. */
export interface BmcAccess {
  driver: 'ipmi';
  address: string;
  port: number;
  username: string;
  password: string;
}

export type BootDevice = 'pxe' | 'disk';
export type Power = 'on' | 'off';

/** What every board controller can do. Each call may be repeated: asking for what already holds is no error. */
export interface Bmc {
  power(): Promise<Power>;
  /** Answers when the controller has taken the order; the machine may still be starting. */
  powerOn(): Promise<void>;
  /** Answers when the controller has taken the order; the machine may still be running. */
  powerOff(): Promise<void>;
  /** For the next boot only. */
  bootFrom(device: BootDevice): Promise<void>;
}

export type BmcErrorCode =
  | 'bmc.unreachable'
  | 'bmc.unknown_host'
  | 'bmc.wrong_password'
  | 'bmc.unknown_user'
  | 'bmc.not_permitted'
  | 'bmc.timeout'
  | 'bmc.tool_missing'
  | 'bmc.power_stuck'
  | 'bmc.failed';

/** A board controller did not do what was asked. `transient` tells whether trying again may help. */
export class BmcError extends Error {
  readonly code: BmcErrorCode;
  readonly remedy: string;
  readonly transient: boolean;

  constructor(code: BmcErrorCode, message: string, remedy: string) {
    super(message);
    this.name = 'BmcError';
    this.code = code;
    this.remedy = remedy;
    this.transient = ['bmc.unreachable', 'bmc.timeout', 'bmc.power_stuck', 'bmc.failed'].includes(code);
  }
}
