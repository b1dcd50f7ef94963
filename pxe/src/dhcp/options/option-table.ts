import { bytesFormat } from './bytes-format.ts';
import { ipv4Format } from './ipv4-format.ts';
import { ipv4ListFormat } from './ipv4-list-format.ts';
import { machineIdFormat } from './machine-id-format.ts';
import { networkInterfaceFormat } from './network-interface-format.ts';
import type { OptionDefinition, OptionFormat } from './option-format.ts';
import { suboptionsFormat } from './suboptions-format.ts';
import { textFormat } from './text-format.ts';
import { uint8Format } from './uint8-format.ts';
import { uint16Format } from './uint16-format.ts';
import { uint16ListFormat } from './uint16-list-format.ts';
import { uint32Format } from './uint32-format.ts';
import { userClassFormat } from './user-class-format.ts';

function define<Value>(code: number, name: string, format: OptionFormat<Value>): OptionDefinition<Value> {
  return { code, name, format };
}

/** Every option this server reads or writes, by its RFC 2132 name unless another RFC is given. */
export const option = {
  subnetMask: define(1, 'subnet mask', ipv4Format),
  routers: define(3, 'routers', ipv4ListFormat),
  nameServers: define(6, 'domain name servers', ipv4ListFormat),
  hostName: define(12, 'host name', textFormat),
  domainName: define(15, 'domain name', textFormat),
  broadcastAddress: define(28, 'broadcast address', ipv4Format),
  timeServers: define(42, 'NTP servers', ipv4ListFormat),
  vendorSpecific: define(43, 'vendor specific information', suboptionsFormat),
  requestedAddress: define(50, 'requested address', ipv4Format),
  leaseTime: define(51, 'lease time', uint32Format),
  overload: define(52, 'option overload', uint8Format),
  messageType: define(53, 'message type', uint8Format),
  serverId: define(54, 'server identifier', ipv4Format),
  parameterList: define(55, 'parameter request list', bytesFormat),
  message: define(56, 'message', textFormat),
  maxMessageSize: define(57, 'maximum message size', uint16Format),
  renewalTime: define(58, 'renewal time (T1)', uint32Format),
  rebindingTime: define(59, 'rebinding time (T2)', uint32Format),
  vendorClass: define(60, 'vendor class identifier', textFormat),
  clientId: define(61, 'client identifier', bytesFormat),
  tftpServerName: define(66, 'TFTP server name', textFormat),
  bootFile: define(67, 'boot file name', textFormat),
  /** RFC 3004 */
  userClass: define(77, 'user class', userClassFormat),
  /** RFC 3046 */
  relayAgent: define(82, 'relay agent information', suboptionsFormat),
  /** RFC 4578 section 2.1 */
  architectures: define(93, 'client system architectures', uint16ListFormat),
  /** RFC 4578 section 2.2 */
  networkInterface: define(94, 'client network interface', networkInterfaceFormat),
  /** RFC 4578 section 2.3 */
  machineId: define(97, 'client machine identifier', machineIdFormat),
  /** iPXE's own encapsulated space; its presence alone marks the client as iPXE. */
  ipxe: define(175, 'iPXE encapsulated', suboptionsFormat),
} as const;

/** The name for logs, such as `54 server identifier`; codes outside the table are `unknown (n)`. */
export function optionName(code: number): string {
  const known = Object.values(option).find((definition) => definition.code === code);
  return known ? `${code} ${known.name}` : `unknown (${code})`;
}
