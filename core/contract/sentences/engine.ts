/** The engine itself: what can happen to any request. */
export const engineSentences = {
  engine: {
    diskFull: 'The disk is full: {{reason}}',
    closing: 'The engine is closing.',
    jobsNotSaved: 'The job queue could not be saved: {{reason}}',
    projectNotClosed: 'The project could not be closed: {{reason}}',
    homeNotCreated:
      "Framewright's folder {{home}} could not be created ({{code}}). Set FRAMEWRIGHT_HOME to a writable folder.",
    cancelled: 'Cancelled.',
    gone: 'The engine has ended.',
    noJob: 'There is no job {{id}}; it may have been cleared.',
  },
} as const;
