import { AddressError } from './ipv4.ts';

/** An Ethernet address as `aa:bb:cc:dd:ee:ff`, lower case: the one spelling used as a key. */
export type MacAddress = string;

/** Reads `AA-BB-…`, `aa:bb:…`, `aabb.ccdd.eeff` or bare digits; anything else throws an AddressError. */
export function parseMac(text: string): MacAddress {
  const digits = text.toLowerCase().replace(/[:.-]/g, '');
  if (!/^[0-9a-f]{12}$/.test(digits)) {
    throw new AddressError(`'${text}' is not an Ethernet address; write six pairs such as 52:54:00:12:34:56`);
  }
  return digits.replace(/(..)(?=.)/g, '$1:');
}

/** Writes the six bytes of a hardware address. */
export function formatMac(bytes: Uint8Array): MacAddress {
  return Buffer.from(bytes.buffer, bytes.byteOffset, 6)
    .toString('hex')
    .replace(/(..)(?=.)/g, '$1:');
}
