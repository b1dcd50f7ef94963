import { join } from 'node:path';
import { BootSessions } from '@halligan/pxe/boot';
import { Logger, Module } from '@nestjs/common';
import { ServerConfig } from '../config.ts';
import { NetworksModule } from '../networks/networks.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { ServerAgentDesk } from './agents/agent-desk.ts';
import { AgentOrders } from './agents/agent-orders.ts';
import { WakeUps } from './agents/wake-ups.ts';
import { Artifacts } from './artifacts/artifacts.ts';
import { InstallerSettings } from './artifacts/installer-settings.ts';
import { Loaders } from './artifacts/loaders.ts';
import { NetworkBookKeeper } from './book/network-book-keeper.ts';
import { News } from './book/news.ts';
import { NodeBook } from './book/node-book.ts';
import { ServerBootDecider } from './boot/boot-decider.ts';
import { ServerBootObserver } from './boot/boot-observer.ts';
import { BootScripts } from './boot/boot-scripts.ts';
import { Identities } from './boot/identities.ts';
import { InstallFiles } from './boot/install-files.ts';
import { RefusalLog } from './boot/refusal-log.ts';
import { BootPlane } from './boot-plane.ts';
import { NetbootSettings } from './config.ts';
import { DhcpService } from './dhcp/dhcp-service.ts';
import { LeaseCopier } from './dhcp/lease-copier.ts';
import { Mirror } from './mirror/mirror.ts';
import { TftpService } from './tftp/tftp-service.ts';
import { BootMarks } from './timeline/boot-marks.ts';

function openSessions(config: ServerConfig): Promise<BootSessions> {
  const log = new Logger(BootSessions.name);
  const onFault = (error: Error) =>
    log.error({ msg: 'Boot sessions cannot be made durable', error: error.message });
  return BootSessions.open({ dir: join(config.dataDir, 'netboot'), onFault });
}

/** The boot plane of one boot interface. */
@Module({
  imports: [NodesModule, NetworksModule],
  providers: [
    { provide: NetbootSettings, useFactory: () => NetbootSettings.parse() },
    { provide: BootSessions, inject: [ServerConfig], useFactory: openSessions },
    NetworkBookKeeper,
    NodeBook,
    News,
    BootMarks,
    Identities,
    Loaders,
    Artifacts,
    Mirror,
    InstallerSettings,
    InstallFiles,
    BootScripts,
    ServerBootDecider,
    AgentOrders,
    WakeUps,
    ServerAgentDesk,
    LeaseCopier,
    RefusalLog,
    ServerBootObserver,
    TftpService,
    DhcpService,
    BootPlane,
  ],
  exports: [BootPlane],
})
export class BootPlaneModule {}
