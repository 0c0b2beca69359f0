/** The host: the engine's process, and files that are dropped into the window. */
export const hostSentences = {
  host: {
    closing: 'The editor is closing.',
    engineEndedTwice: 'The engine ended twice while it worked on this request. It has been started again.',
    uploadIncomplete: '{{name}} did not arrive whole: the window closed.',
    uploadDiskFull: '{{name}} was not copied: the disk is full.',
    uploadFailed: '{{name}} was not copied: {{reason}}',
    uploadWithoutName: 'The file that was dropped has no name.',
  },
} as const;
