import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureDiscoveryImage } from './discovery-image.ts';
import { inventorySchema } from './inventory.schema.ts';
import { AgentServer } from './testing/agent-server.ts';
import { Machine, missingForEmulation } from './testing/machine.ts';

const missing = missingForEmulation();
if (missing.length > 0) console.warn(`discovery image not booted: ${missing.join(', ')} missing`);

describe.runIf(missing.length === 0)('the discovery image', () => {
  let dir: string;
  let server: AgentServer;
  let machine: Machine | undefined;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'halligan-discovery-'));
    server = new AgentServer({ agentToken: 'token-1', actions: [] });
  });

  afterEach(async () => {
    await machine?.powerOff();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  });

  it.each(['bios', 'uefi'] as const)(
    'posts a valid inventory (%s)',
    { timeout: 300_000 },
    async (firmware) => {
      const image = await ensureDiscoveryImage({ flavour: 'cloud' });
      const port = await server.listen();
      const mac = '52:54:00:12:34:5a';
      const args = `console=ttyS0 no_timer_check quiet halligan.url=http://10.0.2.2:${port} halligan.token=token-1 BOOTIF=01-${mac.replaceAll(':', '-')}`;
      machine = new Machine({
        firmware,
        dir,
        mac,
        serial: 'SN-"quoted"\\back',
        smbios: 'manufacturer=Acme & Sons,product=<b>Böx</b>',
        direct: { kernel: image.kernel, initrd: image.initrd, args },
        ...(process.argv.includes('--verbose')
          ? { onConsole: (text: string) => process.stderr.write(text) }
          : {}),
      });
      await server.until(
        (seen) => 'inventory-posted' in seen.marks && seen.console !== '',
        AbortSignal.timeout(120_000),
      );
      console.log(`${firmware}: inventory after ${machine.seconds().toFixed(1)} s`, server.seen.marks);
      const inventory = inventorySchema.parse(server.seen.inventory);
      expect(inventory.firmware).toBe(firmware);
      expect(inventory.dmi.serial).toBe('SN-"quoted"\\back');
      expect(inventory.nics).toMatchObject([{ mac, driver: 'virtio_net', boot: true, carrier: true }]);
      expect(inventory.memoryBytes).toBe(512 * 1024 * 1024);
      expect(inventory.agentVersion).toBe(image.hash);
      expect(server.seen.console).not.toContain('token-1');
    },
  );
});
