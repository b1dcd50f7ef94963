const KIB = 1024;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** 1536 -> 1.5 KiB */
export function bytes(count: number | null): string {
  if (count === null) return '–';
  const power = count < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(count) / Math.log(KIB)));
  const value = count / KIB ** power;
  return `${value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}

/** 93 -> 1m 33s */
export function duration(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 10) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${whole % 60}s`;
  return `${Math.floor(whole / 3600)}h ${Math.floor((whole % 3600) / 60)}m`;
}

/** How long ago a moment (ISO 8601) was. */
export function ago(moment: string | null, now = Date.now()): string {
  if (moment === null) return 'never';
  return `${duration(Math.max(0, (now - Date.parse(moment)) / 1000))} ago`;
}
