import { Module } from '@nestjs/common';
import { Shells } from './shells.ts';

/** SSH to the nodes; worker processes only. */
@Module({ providers: [Shells], exports: [Shells] })
export class SshModule {}
