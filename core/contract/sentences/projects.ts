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
    badTakeId: "'{{id}}' is not a take's id.",
    takeOutside: "The take '{{id}}' names a file outside the project.",
    recipeDamaged: "The recipe '{{path}}' is damaged.",
    badExtension: "'{{extension}}' is not a file extension.",
    noDemo: 'The demo project is not part of this installation ({{path}}).',
    notProject: "'{{path}}' is not a Framewright project.",
    parentNotFolder: "No project can be created in '{{path}}': it is not a folder.",
    openElsewhere: "'{{name}}' is open on the computer '{{host}}'. If it is not, delete '{{path}}'.",
    openHere: "'{{name}}' is open in another Framewright (process {{pid}}).",
    beingOpened: "'{{name}}' is being opened by another Framewright.",
    folderLinksOut: '{{path}} is a link to a place outside the project.',
    cannotOpen: "'{{name}}' cannot be opened: {{reason}}.",
    withoutFile: "'{{path}}' is not a Framewright project: it has no project.json.",
    allDamaged: "'{{path}}' is damaged ({{reason}}), and so is every backup; nothing was changed.",
    readOnly: "'{{name}}' is open for reading only.",
    missing: "There is no project at '{{path}}'.",
    changedElsewhere: "Another window has changed '{{name}}' in the meantime: reload to continue from there.",
    changeTooEarly: 'Change {{change}} cannot be saved before change {{next}}.',
    changeDoesNotFit: "Change {{change}} ('{{label}}') does not fit the project: {{reason}}.",
    changeDamages: 'Change {{change}} would damage the project: {{reason}}.',
    notOpen: "The project '{{id}}' is not open.",
    sameId: "'{{name}}' has the id of another open project.",
    oddSize: 'The size must be even, not {{width}} × {{height}}.',
  },
  projectReason: {
    refused: 'it {{reason}}',
    empty: 'it is empty',
    notJson: 'it is not complete JSON',
    noSequence: 'it does not say which changes it contains',
    newerVersion: 'it was saved by a newer Framewright (project version {{version}}, this one reads up to {{known}})',
  },
} as const;
