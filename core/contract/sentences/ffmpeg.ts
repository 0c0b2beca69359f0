/** ffmpeg and ffprobe: why they are missing or failed. */
export const ffmpegSentences = {
  ffmpeg: {
    missing:
      'ffmpeg was not found. Install it (Debian and Ubuntu: apt install ffmpeg), or set FRAMEWRIGHT_FFMPEG to its path.',
    ffprobeMissing:
      'ffprobe was not found beside {{ffmpeg}} or on the PATH. It is part of ffmpeg: install the complete package.',
    notAtVariable:
      'ffmpeg was not found at {{path}}, which FRAMEWRIGHT_FFMPEG names. Correct the variable, or clear it to use the ffmpeg on the PATH.',
    doesNotRun: '{{path}} does not run: {{reason}}',
    tooOld: 'ffmpeg {{version}} at {{path}} is too old: 5.1 or newer is needed.',
    notStarted: '{{program}} could not be started: {{reason}}.',
    encodersNotListed: 'ffmpeg could not list its encoders: {{reason}}.',
    tooSlow: '{{name}} could not be read within {{seconds}} seconds.',
    outOfMemory: '{{name}}: ffmpeg ran out of memory.',
    failed: '{{name}}: ffmpeg failed ({{exit}}): {{reason}}',
    theFile: 'The file',
    theResult: 'the result',
  },
} as const;
