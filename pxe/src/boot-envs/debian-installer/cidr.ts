import { EncodingError } from '../encoders/encoding-error.ts';

/** `10.78.0.21/24` as address and dotted netmask. @throws EncodingError when it is not that */
export function splitCidr(address: string): { host: string; netmask: string } {
  const match = /^((?:\d{1,3}\.){3}\d{1,3})\/(\d{1,2})$/.exec(address);
  const prefix = Number(match?.[2]);
  if (!match?.[1] || prefix > 32) throw new EncodingError('address', 'write it as 10.78.0.21/24');
  const bits = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
  return { host: match[1], netmask: [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.') };
}
