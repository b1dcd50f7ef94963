import { Module } from '@nestjs/common';
import { AdminNetwork } from './admin-network.ts';
import { LeaseMirror } from './lease-mirror.ts';
import { NetworkReader } from './network-reader.ts';
import { Reservations } from './reservations.ts';

/** Networks, their addresses, and who has which. */
@Module({
  providers: [NetworkReader, Reservations, LeaseMirror, AdminNetwork],
  exports: [NetworkReader, Reservations, LeaseMirror, AdminNetwork],
})
export class NetworksModule {}
