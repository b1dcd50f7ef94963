import { describe, expect, it } from 'vitest';
import { parseIpv4 } from '../ipv4.ts';
import { parseNetwork } from '../networks/dhcp-network.ts';
import { option, optionName } from '../options/option-table.ts';
import type { DhcpPacket } from '../packet/dhcp-packet.ts';
import { type EncodedOption, encodeOption } from '../packet/encode-packet.ts';
import { type ClientMessage, clientRequest } from '../testing/client-message.ts';
import type { BootAnswer } from './boot-backend.ts';
import { buildGrant, buildInformAck, buildNak } from './build-reply.ts';
import { destinationOf } from './destination.ts';

const server = parseIpv4('10.78.0.1');
const network = parseNetwork({
  subnet: '10.78.0.0/24',
  gateway: '10.78.0.254',
  dns: ['10.78.0.1', '10.78.0.2'],
  ntp: ['10.78.0.1'],
  domain: 'rack.example',
});
const token = 'http://10.78.0.1:8091/boot/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfG/ipxe';

function grant(
  message: Partial<ClientMessage>,
  boot: BootAnswer | null = null,
  kind: 'offer' | 'ack' = 'ack',
) {
  const request = clientRequest({ type: kind === 'ack' ? 'request' : 'discover', ...message });
  const address = parseIpv4('10.78.0.100');
  return buildGrant(request, { kind, network, address, seconds: 1800, hostName: 'n1', boot }, server);
}

/** Options as `53 message type: 05`, in their order on the wire. */
const listing = (packet: DhcpPacket) =>
  [...packet.options].map(([code, bytes]) => `${optionName(code)}: ${bytes.toString('hex')}`);
const wanted = (...codes: number[]) => encodeOption(option.parameterList, Buffer.from(codes));
const pxe = encodeOption(option.vendorClass, 'PXEClient:Arch:00007:UNDI:003000');
const http = encodeOption(option.vendorClass, 'HTTPClient:Arch:00016:UNDI:003001');
const ipxe: EncodedOption[] = [pxe, [77, Buffer.from('iPXE')], [175, Buffer.from('b10501808610d3', 'hex')]];

describe('an answer', () => {
  it('gives a client without a parameter list everything, in a fixed order', () => {
    expect(listing(grant({}))).toEqual([
      '53 message type: 05',
      '54 server identifier: 0a4e0001',
      '51 lease time: 00000708',
      '58 renewal time (T1): 00000384',
      '59 rebinding time (T2): 00000627',
      '1 subnet mask: ffffff00',
      '3 routers: 0a4e00fe',
      '6 domain name servers: 0a4e00010a4e0002',
      `15 domain name: ${Buffer.from('rack.example').toString('hex')}`,
      '28 broadcast address: 0a4e00ff',
      '42 NTP servers: 0a4e0001',
      `12 host name: ${Buffer.from('n1').toString('hex')}`,
    ]);
  });

  it('gives others what they ask for, and what they cannot do without', () => {
    expect([...grant({ options: [wanted(6)] }).options.keys()]).toEqual([53, 54, 51, 1, 3, 6]);
  });

  it('returns client identifier and relay information as they came, the latter last', () => {
    const options: EncodedOption[] = [
      [82, Buffer.from('0104657468300909', 'hex')],
      [61, Buffer.from('01525400000001', 'hex')],
      wanted(1),
    ];
    expect(listing(grant({ giaddr: '10.78.0.9', options })).slice(-2)).toEqual([
      '61 client identifier: 01525400000001',
      '82 relay agent information: 0104657468300909',
    ]);
  });

  it('keeps xid, hardware address and relay, and gives the address', () => {
    const packet = grant({ xid: 77, giaddr: '10.78.0.9' });
    expect(packet).toMatchObject({ op: 2, xid: 77, giaddr: parseIpv4('10.78.0.9'), hops: 0 });
    expect(packet.yiaddr).toBe(parseIpv4('10.78.0.100'));
    expect(packet.chaddr.toString('hex')).toBe('525400000001');
  });

  it('to an INFORM has neither address nor lease', () => {
    const packet = buildInformAck(clientRequest({ type: 'inform', ciaddr: '10.78.0.7' }), network, server);
    expect(packet.yiaddr).toBe(0);
    expect([...packet.options.keys()]).toEqual([53, 54, 1, 3, 6, 15, 28, 42]);
    expect(destinationOf(packet)).toEqual({ to: 'client', address: '10.78.0.7' });
  });

  it('that refuses says why', () => {
    const packet = buildNak(clientRequest({ type: 'request', ciaddr: '10.78.0.7' }), 'address taken', server);
    expect(listing(packet)).toEqual([
      '53 message type: 06',
      '54 server identifier: 0a4e0001',
      `56 message: ${Buffer.from('address taken').toString('hex')}`,
    ]);
  });
});

describe('a boot file', () => {
  const summary = ({ file, siaddr, options }: DhcpPacket) => ({
    file,
    siaddr,
    class: options.get(60)?.toString(),
    option67: options.get(67)?.toString(),
    option66: options.get(66)?.toString(),
    option43: options.get(43)?.toString('hex'),
    option175: options.get(175)?.toString('hex'),
  });

  it('for firmware: in the header, with its vendor class and the word to look no further', () => {
    expect(summary(grant({ options: [pxe, wanted(1)] }, { bootFile: 'ipxe.efi' }))).toMatchObject({
      file: 'ipxe.efi',
      siaddr: server,
      class: 'PXEClient',
      option67: undefined,
      option43: '060108ff',
      option175: undefined,
    });
  });

  it('for UEFI HTTP boot: a URL in option 67 and HTTPClient, or it is refused', () => {
    const answer = { bootFile: 'http://10.78.0.1:8091/loaders/ipxe.efi' };
    expect(summary(grant({ options: [http, wanted(1)] }, answer))).toMatchObject({
      file: answer.bootFile,
      class: 'HTTPClient',
      option67: answer.bootFile,
      option43: undefined,
    });
  });

  it('for iPXE: the script, no PXE menu, no wait for a ProxyDHCP server', () => {
    expect(summary(grant({ options: [...ipxe, wanted(1, 67)] }, { bootFile: token }))).toMatchObject({
      file: token,
      class: undefined,
      option67: token,
      option43: undefined,
      option175: 'b00101',
    });
  });

  it('too long for the header goes in the option alone', () => {
    const bootFile = `http://10.78.0.1/${'x'.repeat(120)}`;
    expect(summary(grant({ options: [pxe, wanted(1)] }, { bootFile }))).toMatchObject({
      file: '',
      option67: bootFile,
    });
  });

  it('may lie on another server and under another class', () => {
    const answer = { bootFile: 'x', nextServer: '10.78.0.2', vendorClass: 'Raspberry Pi Boot' };
    expect(summary(grant({ options: [pxe, wanted(66)] }, answer))).toMatchObject({
      siaddr: parseIpv4('10.78.0.2'),
      option66: '10.78.0.2',
      class: 'Raspberry Pi Boot',
      option43: undefined,
    });
  });

  it('comes with the machine identifier the client sent (RFC 4578 section 2.3)', () => {
    const id: EncodedOption = [97, Buffer.alloc(17, 7)];
    expect(grant({ options: [pxe, id] }, { bootFile: 'x' }).options.get(97)).toEqual(id[1]);
  });
});

describe('the way back', () => {
  const nak = (message: ClientMessage) => buildNak(clientRequest(message), '', server);
  it('is the relay, the client’s own address, or everyone', () => {
    expect(destinationOf(grant({ giaddr: '10.79.0.1' }))).toEqual({ to: 'relay', address: '10.79.0.1' });
    expect(destinationOf(grant({ ciaddr: '10.78.0.100' }))).toEqual({ to: 'client', address: '10.78.0.100' });
    expect(destinationOf(grant({}))).toEqual({ to: 'everyone', address: '255.255.255.255' });
  });

  it('of a NAK is never the client’s address, and beyond a relay it is broadcast', () => {
    expect(destinationOf(nak({ type: 'request', ciaddr: '10.78.0.100' })).to).toBe('everyone');
    const relayed = nak({ type: 'request', giaddr: '10.79.0.1' });
    expect([destinationOf(relayed).to, relayed.broadcast]).toEqual(['relay', true]);
  });
});
