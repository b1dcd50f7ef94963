'use client';

import type { ApiError } from '@halligan/api-client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { api } from '../api/client.ts';
import { rememberCsrf, whenRefused } from '../api/session-client.ts';
import type { Role, SessionInfo, User } from '../api/types.ts';

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

/** Reads the session and keeps its token against forged requests for every change. */
export async function readSession(): Promise<SessionInfo> {
  const session = await api.session.show();
  rememberCsrf(session.csrfToken);
  return session;
}

function useRefusals(): void {
  const client = useQueryClient();
  const router = useRouter();
  const path = usePathname();
  useEffect(() => {
    const listener = (problem: ApiError) => {
      const ended = problem.status === 401 || problem.code === 'identity.password_change_required';
      if (!ended || path.startsWith('/sign-in')) return;
      const next = `${window.location.pathname}${window.location.search}`;
      router.replace(`/sign-in/?next=${encodeURIComponent(next)}`);
      if (problem.status === 401) client.removeQueries({ queryKey: sessionKey });
    };
    whenRefused(listener);
    return () => whenRefused(() => undefined);
  }, [client, router, path]);
}

/** Shows its children once somebody is signed in; else the browser goes to the sign-in page. */
export function SessionProvider({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  useRefusals();
  const router = useRouter();
  const { data } = useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: 60_000 });
  const locked = data?.user.mustChangePassword === true;
  useEffect(() => {
    if (locked) router.replace('/sign-in/');
  }, [locked, router]);
  const value = useMemo(
    () =>
      data === undefined || locked
        ? null
        : { user: data.user, may: (role: Role) => rank[data.user.role] >= rank[role] },
    [data, locked],
  );
  if (value === null) return waiting;
  return <SessionContext value={value}>{children}</SessionContext>;
}
