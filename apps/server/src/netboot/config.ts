import { z } from 'zod';
import { ConfigError } from '../config.ts';

const Settings = z.object({
  mirrorProxy: z.url({ protocol: /^https?$/ }).nullable(),
  mirrorPort: z.coerce.number().int().min(1).max(32_767),
  flavour: z.enum(['cloud', 'generic']),
  kernelArguments: z
    .string()
    .regex(/^[A-Za-z0-9=,.:_/ -]*$/, 'kernel arguments such as console=ttyS0,115200 no_timer_check'),
});

/** What only the boot plane wants to know from its surroundings. */
export class NetbootSettings {
  /** HTTP proxy through which the package mirror reaches its upstreams; null asks apt's own configuration. */
  readonly mirrorProxy: string | null;
  readonly mirrorPort: number;
  /** Which discovery image and root images are used: `cloud` for virtual machines only. */
  readonly flavour: 'cloud' | 'generic';
  /** Given to everything that boots, and to the systems that are installed. */
  readonly kernelArguments: string;

  constructor(settings: z.infer<typeof Settings>) {
    this.mirrorProxy = settings.mirrorProxy;
    this.mirrorPort = settings.mirrorPort;
    this.flavour = settings.flavour;
    this.kernelArguments = settings.kernelArguments.trim();
  }

  /** @throws ConfigError naming the variable */
  static parse(env: NodeJS.ProcessEnv = process.env): NetbootSettings {
    const parsed = Settings.safeParse({
      mirrorProxy: env.HALLIGAN_MIRROR_PROXY || null,
      mirrorPort: env.HALLIGAN_MIRROR_PORT || 3142,
      flavour: env.HALLIGAN_FLAVOUR || 'generic',
      kernelArguments: env.HALLIGAN_KERNEL_ARGUMENTS ?? '',
    });
    if (parsed.success) return new NetbootSettings(parsed.data);
    const says = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ConfigError(
      `HALLIGAN_MIRROR_PROXY, _MIRROR_PORT, _FLAVOUR or _KERNEL_ARGUMENTS: ${says.join('; ')}`,
    );
  }
}
