/** Jobs: what happened while they ran. */
export const jobSentences = {
  job: {
    interrupted: 'The engine ended while this was running; attempt {{attempt}} of {{most}}.',
    givenUp: 'The engine ended {{times}} times during {{work}}; it was not tried again.',
    export: "the export of '{{name}}'",
    generation: 'a generation',
    generationOf: "the generation '{{prompt}}'",
    mediaCache: 'the preparation of a file',
    previewRender: 'the rendering of a range',
    noOutput: 'This job has not exported a file.',
    outputGone: "'{{name}}' is no longer where it was exported to.",
    outputNotOpened: "'{{name}}' is not opened: it does not end as films and sounds do.",
    noOpener: "No program was found to open '{{name}}'.",
  },
  device: {
    noGpu: 'No GPU answered: running on the CPU.',
    forcedUnusable: '{{device}} was asked for but {{reason}}: running on the CPU.',
    notHere: 'is not available on this system',
    slowerThanCpu: '{{device}} works but is slower than the CPU here: running on the CPU.',
    packForCpu: 'This pack was made for the processor: running on the CPU.',
    outOfMemory: '{{device}} ran out of memory: running on the CPU.',
    failed: '{{device}} failed: running on the CPU.',
    tryingAgain: '{{reason}} Trying once more.',
  },
  stem: {
    music: 'music',
    foley: 'foley',
    ambience: 'ambience',
  },
  model: {
    outOfMemory:
      'Not enough memory: {{name}} needs about {{needed}}, {{free}} are free. Close other programs, or make it shorter.',
    failed: 'The model {{name}} failed: {{reason}}',
    noStem: '{{name}} did not make the {{stem}}.',
  },
} as const;
