import 'reflect-metadata';

// Loaded on demand: the standalone kind must not need what the other brings, down to the database driver.
if (process.argv.includes('--standalone')) {
  const { runStandaloneCommand } = await import('./netboot/standalone/index.ts');
  await runStandaloneCommand(process.argv.slice(2));
} else {
  await import('./netboot/netboot-process.ts');
}
