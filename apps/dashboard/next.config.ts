import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const developmentApi = process.env.HALLIGAN_API ?? 'http://127.0.0.1:3999';

/** A static export, served by the api process; `next dev` passes API calls to HALLIGAN_API. */
export default function config(phase: string): NextConfig {
  const development = phase === PHASE_DEVELOPMENT_SERVER;
  return {
    ...(development
      ? {
          compress: false,
          rewrites: () =>
            Promise.resolve([{ source: '/api/:path*', destination: `${developmentApi}/api/:path*` }]),
        }
      : { output: 'export' as const }),
    // `/node/` is a folder with an index.html, so that any static server finds it.
    trailingSlash: true,
    outputFileTracingRoot: root,
    turbopack: { root },
    images: { unoptimized: true },
    // `npm run check` checks the types; a build only builds.
    typescript: { ignoreBuildErrors: true },
    devIndicators: false,
    poweredByHeader: false,
    reactStrictMode: true,
    experimental: {
      optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@mantine/modals', '@tabler/icons-react'],
    },
  };
}
