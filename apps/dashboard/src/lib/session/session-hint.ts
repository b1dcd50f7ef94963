const key = 'halligan.signed-in';

/**
 * Whether somebody signed in with this browser and did not sign out. The session itself is a cookie that
 * scripts cannot see; without the hint the server need not be asked just to hear "nobody" (a console error).
 */
export function mayHaveSession(): boolean {
  return localStorage.getItem(key) !== null;
}

export function rememberSession(present: boolean): void {
  if (present) localStorage.setItem(key, '1');
  else localStorage.removeItem(key);
}
