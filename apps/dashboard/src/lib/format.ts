const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Bytes in the largest binary unit that keeps the number at 1 or above. */
export function bytes(count: number | null): string {
  if (count === null) return '–';
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** A time span to two units: `840 ms`, `4.2 s`, `1 m 12 s`, `3 h 4 m`, `2 d 5 h`. */
export function span(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} m`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A span for a ticking display: whole seconds, so that it does not flicker. */
function wholeSpan(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
  return seconds < 60 ? `${seconds} s` : span(seconds * 1000);
}

export function elapsed(from: string, now: number): string {
  return wholeSpan(now - Date.parse(from));
}

export function ago(moment: string, now: number): string {
  const ms = now - Date.parse(moment);
  if (ms < 5_000) return 'just now';
  return `${wholeSpan(ms)} ago`;
}

/** Time until a moment, or how long ago it passed. */
export function until(moment: string, now: number): string {
  const ms = Date.parse(moment) - now;
  return ms >= 0 ? `in ${wholeSpan(ms)}` : `${wholeSpan(-ms)} overdue`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** Local date and time; the time alone when it is today. */
export function moment(text: string, now: number): string {
  const date = new Date(text);
  const sameDay = date.toDateString() === new Date(now).toDateString();
  return sameDay ? clock.format(date) : `${day.format(date)} ${clock.format(date)}`;
}

export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? noun : many}`;
}
