/** Exports: why a film cannot be written. */
export const exportSentences = {
  export: {
    noEncoder: 'This ffmpeg cannot encode that: {{reasons}}.',
    encoderReason: '{{name}}: {{reason}}',
    and: '{{first}}; {{rest}}',
    encoderNotBuilt: 'this ffmpeg was built without it',
    encoderTried: 'tried in {{ms}} ms',
    emptySequence: "'{{name}}' is empty: there is nothing to export.",
    rangePastEnd: "The requested range lies past the end of '{{name}}'.",
    tooLittleSpace: 'The disk is too full for {{name}}: about {{needed}} are needed, {{free}} are free.',
    folderNotEmpty:
      'The folder {{name}} in {{parent}} is not empty: frames would be mixed with its contents. Choose another name.',
    soundNotNumbers: 'The sound could not be mixed: a source has samples that are not numbers.',
    fontUnreadable: 'The title font {{path}} cannot be read: the installation is incomplete.',
  },
} as const;
