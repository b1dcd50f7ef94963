import { defineConfig } from 'prisma/config';

const url = process.env['DATABASE_URL'] ?? 'file:./dev.db';
const provider = /^postgres(ql)?:/.test(url) ? 'postgresql' : 'sqlite';

export default defineConfig({
  schema: `${provider}`,
  migrations: { path: `${provider}/migrations` },
  datasource: { url },
});
