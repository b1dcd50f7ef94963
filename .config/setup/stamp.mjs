import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, stamps } from './paths.mjs';

const IGNORED = new Set(['node_modules', 'dist', 'out', '.next', 'generated']);

/** Remembers of which inputs (files, folders, and facts from elsewhere) something was last made. */
export class Stamp {
  #path;
  #inputs;
  #outputs;
  #facts;

  constructor(name, inputs, outputs = [], facts = () => '') {
    this.#facts = facts;
    this.#path = join(stamps, name);
    this.#inputs = inputs;
    this.#outputs = outputs.map((path) => join(root, path));
  }

  /** True when what was made is there and was made of just these inputs. */
  fresh() {
    if (!existsSync(this.#path) || !this.#outputs.every(existsSync)) return false;
    return readFileSync(this.#path, 'utf8') === this.#hash();
  }

  set() {
    mkdirSync(stamps, { recursive: true });
    writeFileSync(this.#path, this.#hash());
  }

  #hash() {
    const hash = createHash('sha256').update(`${process.version}\n${this.#facts()}`);
    for (const input of this.#inputs) addTo(hash, join(root, input));
    return hash.digest('hex');
  }
}

function addTo(hash, path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    hash.update(`\0${path.slice(root.length)}\0`).update(readFileSync(path));
    return;
  }
  for (const name of readdirSync(path).sort()) if (!IGNORED.has(name)) addTo(hash, join(path, name));
}
