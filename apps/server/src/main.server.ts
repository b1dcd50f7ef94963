import { runServer } from './supervisor/run-server.ts';

await runServer();
