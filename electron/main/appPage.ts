import { openProjectParameter } from '../../core/contract/desktopBridge.ts';

/** The app's own scheme: a real origin for cookies-free storage, ranges and the content security policy. */
export const appScheme = 'framewright';
/** Origin of the app's own pages. */
export const appOrigin = `${appScheme}://app`;

/** URL of the window's page; with a project folder, the page opens it at start. */
export function pageUrl(projectFolder: string | null): string {
  return projectFolder === null
    ? `${appOrigin}/`
    : `${appOrigin}/?${openProjectParameter}=${encodeURIComponent(projectFolder)}`;
}

/** Whether a URL belongs to the app's own pages. */
export function isAppUrl(url: string): boolean {
  return url === appOrigin || url.startsWith(`${appOrigin}/`);
}
