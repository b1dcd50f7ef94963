import { MalformedPacketError } from './dhcp-packet.ts';

const pad = 0;
const end = 255;

/** Joins what several areas of a packet say: an option that appears again continues the earlier one (RFC 3396). */
export class OptionCollector {
  readonly #parts = new Map<number, Buffer[]>();

  /** Reads one area up to its end option; a missing end option is tolerated, a length past the area is not. */
  addArea(area: Buffer): void {
    let offset = 0;
    while (offset < area.length) {
      const code = area.readUInt8(offset);
      if (code === end) return;
      if (code === pad) offset += 1;
      else offset = this.#addOption(area, code, offset);
    }
  }

  /** The joined options in order of first appearance. */
  options(): Map<number, Buffer> {
    const joined = new Map<number, Buffer>();
    for (const [code, parts] of this.#parts) {
      const [only] = parts;
      joined.set(code, parts.length === 1 && only ? only : Buffer.concat(parts));
    }
    return joined;
  }

  first(code: number): Buffer | undefined {
    return this.#parts.get(code)?.[0];
  }

  #addOption(area: Buffer, code: number, offset: number): number {
    const length = area[offset + 1];
    const next = offset + 2 + (length ?? area.length);
    if (length === undefined || next > area.length) {
      throw new MalformedPacketError('truncated-option', `option ${code} runs past the end of its field`);
    }
    const bytes = area.subarray(offset + 2, next);
    const parts = this.#parts.get(code);
    if (parts) parts.push(bytes);
    else this.#parts.set(code, [bytes]);
    return next;
  }
}
