import { openDatabase } from '@halligan/db';
import type { ServerConfig } from '../../config.ts';

/** Fails at the start, with the remedy, when the database cannot be reached or was never set up. */
export async function requireTables(config: ServerConfig): Promise<void> {
  const remedy = 'Start `halligan server` on the admin machine first, and check DATABASE_URL here.';
  try {
    const db = await openDatabase({ url: config.databaseUrl, connections: 1 });
    try {
      await db.setting.count();
    } finally {
      await db.$disconnect();
    }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error);
    throw new Error(
      `The ${config.databaseProvider} database is not usable: ${reason.replace(/\.$/, '')}. ${remedy}`,
      {
        cause: error,
      },
    );
  }
}
