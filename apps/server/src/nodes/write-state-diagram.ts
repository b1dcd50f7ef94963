import { readFileSync, writeFileSync } from 'node:fs';
import { withStateDiagram } from './state-diagram.ts';

/** Renews the generated part of this folder's README; run from the repository's root after changing the table. */
const page = 'apps/server/src/nodes/README.md';
writeFileSync(page, withStateDiagram(readFileSync(page, 'utf8')));
