'use client';

import { ApiError } from '@halligan/api-client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { api } from '../api/client.ts';
import { rememberCsrf, whenRefused } from '../api/session-client.ts';
import type { Role, SessionInfo, User } from '../api/types.ts';
import { mayHaveSession, rememberSession } from './session-hint.ts';

const rank: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

interface SessionValue {
  user: User;
  /** True when the signed-in user has at least this role. */
  may: (role: Role) => boolean;
}

const SessionContext = createContext<SessionValue | null>(null);

/** The signed-in user; only inside the frame, which shows nothing before there is one. */
export function useSession(): SessionValue {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession is called outside the signed-in pages');
  return session;
}

export const sessionKey = ['session'] as const;

/** The session of this browser, or null when nobody is signed in. Keeps its token against forged requests. */
export async function readSession(): Promise<SessionInfo | null> {
  if (!mayHaveSession()) return null;
  const session = await api.session.show().catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  });
  rememberSession(session !== null);
  rememberCsrf(session?.csrfToken ?? null);
  return session;
}

function useRefusals(): void {
  const client = useQueryClient();
  const path = usePathname();
  useEffect(() => {
    const listener = (problem: ApiError) => {
      const ended = problem.status === 401 || problem.code === 'identity.password_change_required';
      if (!ended || path.startsWith('/sign-in')) return;
      if (problem.status === 401) client.setQueryData(sessionKey, null);
      else void client.invalidateQueries({ queryKey: sessionKey });
    };
    whenRefused(listener);
    return () => whenRefused(() => undefined);
  }, [client, path]);
}

/** Shows its children once somebody is signed in; else the browser goes to the sign-in page. */
export function SessionProvider({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  useRefusals();
  const router = useRouter();
  const { data } = useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: 60_000 });
  const locked = data === null || data?.user.mustChangePassword === true;
  useEffect(() => {
    if (!locked) return;
    const next = `${window.location.pathname}${window.location.search}`;
    router.replace(`/sign-in/?next=${encodeURIComponent(next)}`);
  }, [locked, router]);
  const value = useMemo(
    () =>
      data === undefined || data === null || locked
        ? null
        : { user: data.user, may: (role: Role) => rank[data.user.role] >= rank[role] },
    [data, locked],
  );
  if (value === null) return waiting;
  return <SessionContext value={value}>{children}</SessionContext>;
}
