// The build alone, for `npm run build`: database clients, TypeScript, dashboard.
import { buildSteps } from './setup/build-steps.mjs';
import { withProgress } from './setup/with-progress.mjs';

await withProgress('Built', () => buildSteps);
