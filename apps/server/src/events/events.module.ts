import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.ts';
import { EventsController } from './events.controller.ts';

@Module({ imports: [IdentityModule], controllers: [EventsController] })
export class EventsModule {}
