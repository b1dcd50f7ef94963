import { BootSessions } from '../sessions/boot-sessions.ts';

/** A program that opens boots for ever, and says each token when it may rely on it. */
const [dir = ''] = process.argv.slice(2);
const sessions = await BootSessions.open({
  dir,
  onFault: (error) => {
    throw error;
  },
});
for (let number = 0; ; number += 1) {
  const mac = `52:54:00:00:${hex(number >> 8)}:${hex(number)}`;
  const { token } = sessions.openBoot(mac);
  await sessions.written();
  process.stdout.write(`${mac} ${token}\n`);
}

function hex(value: number): string {
  return (value & 0xff).toString(16).padStart(2, '0');
}
