import type { AptSource } from '@halligan/pxe/images';

/** One upstream of the mirror: what nodes ask for, and what is fetched instead. */
export interface MirroredUrl {
  name: string;
  /** Always http: the mirror could keep nothing of an encrypted stream. */
  asked: string;
  fetched: string;
}

/** Which upstreams the mirror serves: those of the admin machine's own sources, and no others. */
export function mirroredUrls(sources: readonly AptSource[]): MirroredUrl[] {
  const uris = [...new Set(sources.map(({ uri }) => withoutTrailingSlash(uri)))].filter(isHttp).sort();
  return uris.map((uri, index) => ({ name: `source${index}`, asked: asHttp(uri), fetched: uri }));
}

/** The same sources as a node writes them: over http, so that the mirror can keep what passes. */
export function nodeSources(sources: readonly AptSource[]): AptSource[] {
  return sources.filter(({ uri }) => isHttp(uri)).map((source) => ({ ...source, uri: asHttp(source.uri) }));
}

function isHttp(uri: string): boolean {
  return /^https?:\/\//i.test(uri);
}

function asHttp(uri: string): string {
  return withoutTrailingSlash(uri).replace(/^https:/i, 'http:');
}

function withoutTrailingSlash(uri: string): string {
  return uri.replace(/\/+$/, '');
}
