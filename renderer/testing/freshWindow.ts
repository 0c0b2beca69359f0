/**
 * Before each test file of the window: what the file before it left behind goes, so that files can share a process in
 * any order. Modules of the project (stores, caches, listeners) are loaded again; packages stay loaded.
 */
import { vi } from 'vitest';

vi.useRealTimers();
vi.unstubAllGlobals();
vi.restoreAllMocks();
if (typeof document !== 'undefined') {
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
}
vi.resetModules();
