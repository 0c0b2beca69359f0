/** Projects: what was recovered or repaired, and what could not be written. */
export const projectSentences = {
  project: {
    lastChangeTorn: 'The last change was cut off while it was being saved, and is left out.',
    journalDamaged:
      "'{{name}}' is damaged. Later changes that could not be replayed: {{count}}. The damaged file is kept beside it.",
    journalDamagedFrom:
      "'{{name}}' is damaged from line {{line}} on. Later changes that could not be replayed: {{count}}. The damaged file is kept beside it.",
    historyDamaged:
      "'{{name}}' is damaged from line {{line}} on: the project is whole, but older steps can no longer be undone. The damaged file is kept beside it.",
    upgraded: 'The project was saved by an older Framewright and was brought up to date; the old file is in backups.',
    breaksRule: 'The project breaks a rule: {{problem}}.',
    breaksMoreRules: 'The project breaks {{count}} more rules.',
    restoredMissing:
      "'project.json' was missing: the project was restored from the backup '{{backup}}' and its journal.",
    restoredDamaged:
      "'project.json' was damaged ({{reason}}): the project was restored from the backup '{{backup}}' and its journal.",
    recentNotWritten: 'The list of recent projects was not written. {{reason}}',
    safeInJournal: '{{reason}} Your changes are safe in the journal.',
  },
} as const;
