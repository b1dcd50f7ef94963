'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { followSharedEvents } from '../api/shared-events.ts';
import type { LiveEvent } from '../api/types.ts';
import { applyEvents } from './apply-events.ts';
import { createBatcher } from './batcher.ts';

export type LiveStatus = 'connecting' | 'live' | 'lost';

const LiveContext = createContext<LiveStatus>('connecting');

export function useLiveStatus(): LiveStatus {
  return useContext(LiveContext);
}

/** How often lists are read again while the event stream is away. */
const fallbackPollMs = 10_000;

/** Follows the event stream for as long as somebody is signed in and keeps every shown answer fresh. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [status, setStatus] = useState<LiveStatus>('connecting');

  useEffect(() => {
    const batcher = createBatcher<LiveEvent>((events) => void applyEvents(client, events), 150);
    const stop = followSharedEvents({
      onEvent: batcher.add,
      onOpen: (missed) => {
        setStatus('live');
        // What happened during a break is not known: read again what is shown.
        if (missed) void client.invalidateQueries();
      },
      onLost: () => setStatus('lost'),
    });
    return () => {
      stop();
      batcher.stop();
    };
  }, [client]);

  useEffect(() => {
    if (status !== 'lost') return;
    const timer = setInterval(() => void client.invalidateQueries(), fallbackPollMs);
    return () => clearInterval(timer);
  }, [client, status]);

  return <LiveContext value={status}>{children}</LiveContext>;
}
