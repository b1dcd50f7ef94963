import { Module } from '@nestjs/common';
import { NetworksModule } from '../../networks/networks.module.ts';
import { Artifacts } from '../artifacts/artifacts.ts';
import { InstallerSettings } from '../artifacts/installer-settings.ts';
import { Loaders } from '../artifacts/loaders.ts';
import { BootScripts } from '../boot/boot-scripts.ts';
import { InstallFiles } from '../boot/install-files.ts';
import { NetbootSettings } from '../config.ts';
import { Mirror } from '../mirror/mirror.ts';
import { BootEnvPreviews } from './boot-env-previews.ts';
import { BootEnvsController } from './boot-envs.controller.ts';

/** Boot envs in the api process: looked at, never served from here. */
@Module({
  imports: [NetworksModule],
  controllers: [BootEnvsController],
  providers: [
    { provide: NetbootSettings, useFactory: () => NetbootSettings.parse() },
    Artifacts,
    Loaders,
    Mirror,
    InstallerSettings,
    InstallFiles,
    BootScripts,
    BootEnvPreviews,
  ],
})
export class BootEnvsApiModule {}
