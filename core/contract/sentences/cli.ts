/** The command line: files in and out. */
export const cliSentences = {
  cli: {
    wrongEnding: '{{name}}: this result is written as {{allowed}}.',
    wordsOrMask: 'Say what is cut out: give either --words or --mask.',
    maskNeeded: 'Give --mask to say what is to change, or restyle everything.',
    soundNeedsWords: 'Describe the sound: without a film there is nothing else to go by.',
    soundIsWav: '{{name}}: sound without a film is written as .wav.',
    pictureHasNoTime: '{{name}} is a picture: a soundtrack needs a video or a sound file.',
    unknownStem: '{{name}} does not say which stem it is: give --only.',
    rangeAfterEnd: '{{name}} is {{seconds}} s long: the range begins after its end.',
    soundOnly: '{{name}} has no picture: its sound is written as .wav.',
    pictureNotForMp4: '{{name}} has a picture ({{codec}}) that .mp4 does not take as it is. Use .mkv or .wav.',
    bridgeTooLong: 'The bridge may be at most half as long as the shorter film: {{seconds}} s.',
    smoothEnough: '{{name}} has {{rate}} frames a second already.',
    boxOutside: 'The box {{box}} lies outside {{name}}, which is {{size}}.',
    maskShape: '{{mask}} is {{maskSize}}, {{name}} {{size}}: a mask must have the shape of its picture.',
  },
} as const;
