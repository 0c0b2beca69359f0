import { i18n } from '../i18n/i18n.ts';
import { setRefusalWords } from './store.ts';

/** A refused command in the user's language: what was tried, and why not. */
export function sayRefusalsInWords(): void {
  setRefusalWords((command, refusal) =>
    i18n.t('shell:refusal', { command: i18n.t(`commands:${command}`), reason: refusal.message }),
  );
}
