import { z } from 'zod';

export const BootEnvView = z
  .object({
    name: z.string().describe('For example debian-12'),
    description: z.string(),
    kind: z.enum(['discovery', 'local', 'image', 'installer']),
    platform: z
      .string()
      .nullable()
      .describe('What is on the disk afterwards; null when nothing is installed'),
    problem: z.string().nullable().describe('Why it cannot be used now, and the remedy; null when it can'),
  })
  .meta({ id: 'BootEnv' });
export type BootEnvView = z.infer<typeof BootEnvView>;

export const PreviewNode = z.string().min(1).max(64).describe('Id or name of the node to render for');

export const BootEnvPreview = z
  .object({
    script: z.string().describe('The iPXE script'),
    installFile: z.string().nullable().describe('Preseed or kickstart, where there is one'),
  })
  .describe('Tokens are shown as •••')
  .meta({ id: 'BootEnvPreview' });
export type BootEnvPreview = z.infer<typeof BootEnvPreview>;
