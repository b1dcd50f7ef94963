import { describe, expect, it } from 'vitest';
import { option } from '../options/option-table.ts';
import { encodeOption } from '../packet/encode-packet.ts';
import { type ClientMessage, defaultMac } from '../testing/client-message.ts';
import { DecisionWorld, serverAddress } from '../testing/decision-world.ts';

const own = '10.78.0.100';
const second = '10.78.0.101';
const reserved = '10.78.0.50';

describe('one NIC, one lease', () => {
  const id = (hex: string) => [encodeOption(option.clientId, Buffer.from(hex, 'hex'))];
  const pxe = encodeOption(option.vendorClass, 'PXEClient:Arch:00000:UNDI:002001');
  const obtain = (made: DecisionWorld, options: ClientMessage['options'] = []) => {
    const [, address = ''] = made.exchange({ type: 'discover', options }).split(' ');
    return made.exchange({ type: 'request', serverId: serverAddress, requested: address, options });
  };

  it('through firmware, boot loader and installed system, whatever identifier each sends', () => {
    const made = new DecisionWorld();
    expect(obtain(made, [pxe, ...id('00112233')])).toBe(`ack ${own}`);
    expect(obtain(made, [pxe])).toBe(`ack ${own}`);
    expect(obtain(made, id('ff000001000100012345'))).toBe(`ack ${own}`);
    expect(obtain(made, id('01525400000001'))).toBe(`ack ${own}`);
  });

  it('a NIC that becomes known keeps what it had under an identifier', () => {
    const made = new DecisionWorld();
    obtain(made, id('ff0001'));
    made.networks.setNic({ mac: defaultMac });
    expect(made.exchange({ type: 'request', ciaddr: own, options: id('ff0001') }, 'unicast')).toBe(
      `ack ${own}`,
    );
  });

  it('strangers are told apart by identifier (RFC 2131 section 4.2)', () => {
    const made = new DecisionWorld();
    expect(obtain(made, id('ff0001'))).toBe(`ack ${own}`);
    expect(obtain(made, id('ff0002'))).toBe(`ack ${second}`);
  });

  it('a client that takes another address gives up the first', () => {
    const made = new DecisionWorld().lease(own);
    made.networks.setNic({ mac: defaultMac, addresses: [reserved] });
    expect(obtain(made)).toBe(`ack ${reserved}`);
    expect(made.exchange({ type: 'discover', mac: '52:54:00:00:00:99', requested: own })).toBe(
      `offer ${own}`,
    );
  });
});

describe('lease times', () => {
  const seconds = (options: ClientMessage['options']) => {
    const decision = new DecisionWorld().decide({ type: 'discover', ...(options ? { options } : {}) });
    return decision.kind === 'offer' ? decision.seconds : undefined;
  };
  it('are the network’s, shorter for boot loaders, and shorter still on request, within reason', () => {
    expect(seconds([])).toBe(1800);
    expect(seconds([encodeOption(option.vendorClass, 'HTTPClient')])).toBe(180);
    expect(seconds([encodeOption(option.userClass, ['iPXE'])])).toBe(180);
    expect(seconds([encodeOption(option.leaseTime, 600)])).toBe(600);
    expect(seconds([encodeOption(option.leaseTime, 1)])).toBe(60);
    expect(seconds([encodeOption(option.leaseTime, 0xffffffff)])).toBe(1800);
  });
});
