import { type BeforeApplicationShutdown, Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Credentials } from '../identity/credentials.ts';
import { EventFeed } from '../shared/events/event-feed.ts';
import { Answers } from '../shared/http/answers.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { EventView } from './event.dto.ts';
import { EventStream } from './event-stream.ts';

const Types = z.string().max(500).optional().describe('Only these, separated by commas');
const Subject = z.string().max(100).optional().describe('Only those about this id');
const LastEventId = z.coerce.number().int().min(0).optional();

@ApiTags('events')
@Controller('events')
export class EventsController implements BeforeApplicationShutdown {
  readonly #feed: EventFeed;
  readonly #credentials: Credentials;
  readonly #streams = new Set<EventStream>();

  constructor(feed: EventFeed, credentials: Credentials) {
    this.#feed = feed;
    this.#credentials = credentials;
  }

  /** Server-sent events; `Last-Event-ID` takes a reader up where it was. */
  @Get()
  @LeastRole('viewer')
  @ApiProduces('text/event-stream')
  @Answers(200, EventView, 'A stream of events, each with this as its data')
  async stream(
    @Req() request: Request,
    @Res() response: Response,
    @Query('types', { schema: Types }) types: z.infer<typeof Types>,
    @Query('subject', { schema: Subject }) subject: z.infer<typeof Subject>,
    @Headers('last-event-id') lastEventId: string | undefined,
  ): Promise<void> {
    const after = LastEventId.parse(lastEventId) ?? (await this.#feed.position());
    const stream = new EventStream(this.#feed, response, {
      types: types === undefined ? null : new Set(types.split(',')),
      subject: subject ?? null,
    });
    this.#streams.add(stream);
    const stillAllowed = () =>
      this.#credentials.identify(request).then(
        (actor) => actor !== null,
        () => false,
      );
    try {
      await stream.run(after, stillAllowed);
    } finally {
      this.#streams.delete(stream);
    }
  }

  beforeApplicationShutdown(): void {
    for (const stream of this.#streams) stream.close();
  }
}
