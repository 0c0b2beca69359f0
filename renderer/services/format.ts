/** Figures as the interface writes them, in both languages. */
import { i18n } from '../i18n/i18n.ts';

/** '38 MB', '1.4 GB', '212 GB': decimal units, as file managers and disks count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${Math.round(bytes)} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  if (bytes < 1e9) return `${Math.round(bytes / 1e6)} MB`;
  return bytes < 100e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e9)} GB`;
}

/** '5.1': gigabytes without the unit. */
export function gigabytes(bytes: number): string {
  const value = bytes / 1e9;
  return value >= 10 ? String(Math.round(value)) : value.toFixed(1);
}

/** '0:14' for what is left of a job. */
export function formatLeft(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0
    ? `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
    : `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}

/** '8 s', '1 min 50 s', '14 h': the larger the rougher; in the window's language. */
export function formatAbout(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return i18n.t('common:units.seconds', { n: whole });
  const tens = Math.round(seconds / 10) * 10;
  if (tens >= 3600) return i18n.t('common:units.hours', { n: Math.round(seconds / 3600) });
  const minutes = Math.floor(tens / 60);
  return tens % 60 === 0
    ? i18n.t('common:units.minutes', { n: minutes })
    : i18n.t('common:units.minutesSeconds', { minutes, seconds: tens % 60 });
}

/** '14:32:08' in the machine's own time. */
export function formatClock(iso: string, language: string, withSeconds = true): string {
  return new Date(iso).toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds ? { second: '2-digit' } : {}),
  });
}

/** Last part of a path of either kind of system. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/** Everything before it, without the last separator; '' when there is none. */
export function parentFolder(path: string): string {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return at < 0 ? '' : path.slice(0, at) || path.slice(0, 1);
}

/** Joins in the style of the folder. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}
