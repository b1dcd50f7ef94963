import { type Ipv4, parseIpv4 } from '../ipv4.ts';
import { option } from '../options/option-table.ts';
import type { DhcpRequest } from '../packet/dhcp-request.ts';
import { type EncodedOption, encodeOption } from '../packet/encode-packet.ts';
import type { BootAnswer } from './boot-backend.ts';

/** The `file` field holds 127 characters and a zero. */
const fileFieldRoom = 127;

/** PXE discovery control (sub-option 6) = 8: boot the named file now, look for no boot server (PXE 2.1, table 2-1). */
const useBootFileNow = new Map([[6, Buffer.from([8])]]);

/** iPXE sub-option 176 (`no-pxedhcp`): do not wait for a ProxyDHCP server, which would cost seconds at every boot. */
const noProxyDhcp = new Map([[176, Buffer.from([1])]]);

/** Header fields of an answer that names a boot file. */
export function bootFields(answer: BootAnswer, serverAddress: Ipv4): { siaddr: Ipv4; file: string } {
  return {
    siaddr: answer.nextServer === undefined ? serverAddress : parseIpv4(answer.nextServer),
    file: answer.bootFile.length <= fileFieldRoom ? answer.bootFile : '',
  };
}

/** Options of an answer that names a boot file. */
export function bootOptions(
  request: DhcpRequest,
  answer: BootAnswer,
  wants: (code: number) => boolean,
): EncodedOption[] {
  const options: EncodedOption[] = [...vendorOptions(request, answer)];
  // Firmware reads the header field; UEFI HTTP boot and long URLs need the option.
  if (request.isHttpClient || answer.bootFile.length > fileFieldRoom || wants(option.bootFile.code)) {
    options.push(encodeOption(option.bootFile, answer.bootFile));
  }
  if (answer.nextServer !== undefined && wants(option.tftpServerName.code)) {
    options.push(encodeOption(option.tftpServerName, answer.nextServer));
  }
  const machineId = request.packet.options.get(option.machineId.code);
  if (machineId) options.push([option.machineId.code, machineId]);
  if (request.isIpxe) options.push(encodeOption(option.ipxe, noProxyDhcp));
  return options;
}

/** Firmware takes an offer as meant for it only when its own vendor class comes back (PXE 2.1; UEFI 2.10 section 24.7). */
function vendorOptions(request: DhcpRequest, answer: BootAnswer): EncodedOption[] {
  const vendorClass = answer.vendorClass ?? ownVendorClass(request);
  if (vendorClass === undefined) return [];
  const named = encodeOption(option.vendorClass, vendorClass);
  if (vendorClass !== 'PXEClient') return [named];
  const [code, bytes] = encodeOption(option.vendorSpecific, useBootFileNow);
  return [named, [code, Buffer.concat([bytes, Buffer.from([255])])]];
}

/** iPXE calls itself PXEClient too, but would take the answer for a ProxyDHCP menu. */
function ownVendorClass(request: DhcpRequest): string | undefined {
  if (request.isHttpClient) return 'HTTPClient';
  return request.isPxeClient && !request.isIpxe ? 'PXEClient' : undefined;
}
