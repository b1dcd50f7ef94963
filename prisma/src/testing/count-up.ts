// Raises the setting `counter` as often as told, reading it first: one of several processes at once.
import { openDatabase, providerOf } from '../open.ts';
import { inTransaction } from '../transaction.ts';

const [url = '', times = '1'] = process.argv.slice(2);
const db = await openDatabase({ url });
for (let n = 0; n < Number(times); n += 1) {
  await inTransaction(db, providerOf(url), async (tx) => {
    const counter = await tx.setting.findUniqueOrThrow({ where: { key: 'counter' } });
    await tx.setting.update({ where: { key: 'counter' }, data: { value: Number(counter.value) + 1 } });
  });
}
await db.$disconnect();
process.exit(0);
