/** Generation: what the user should know about a result. */
export const generationSentences = {
  generation: {
    noMask: 'No mask was given: the whole picture may change.',
    referenceNotCut:
      "A reference picture's background could not be removed, so it was used as a rectangle. A cut-out, or a drawing on one colour, keeps its shape.",
    soundFontUnusable: 'The SoundFont {{name}} cannot be used: {{reason}}.',
    builtInPlays: '{{reason}} The built-in synthesisers play.',
    noSoundFont: 'No SoundFont was found.',
    fontPlays: '{{reason}} {{name}} plays.',
    otherFontBefore: '{{before}} played the whole and does not play now: {{now}} plays the part.',
    builtIn: 'the built-in synthesisers',
    packWithoutSpeech: 'The pack {{name}} cannot find speech: the stems are not ducked under it.',
    speechUnavailable: '{{reason}} The stems are not ducked under speech.',
    neutralSounds:
      'No words were given, and the picture alone does not tell what is heard: neutral sounds, “{{words}}”.',
    maskStretched: 'The mask is {{mask}}, the picture {{picture}}: the mask was stretched to fit.',
    nothingMade: 'Nothing was asked for.',
    mediaGone: 'A file that it uses ({{id}}) is no longer in the project.',
    inputTakeGone: 'A take that it uses ({{id}}) is no longer in the project.',
    sequenceGone: 'The sequence it was requested for is no longer in the project.',
    takeGone: 'The take whose part was to be regenerated is no longer in the project.',
    emptyMask: 'The mask does not cover any of the picture: paint over what should change.',
    maskNotPng: 'The mask cannot be read: it is not a PNG picture.',
    maskUnreadable: 'The mask cannot be read: it is not a PNG picture, or is larger than 8192 by 8192 pixels.',
    smoothStill: '{{name}} is a picture: nothing moves in it, so there are no frames to add.',
    smoothAlpha: '{{name}} has transparency, which would be lost. Frames are added to opaque footage only.',
    smoothEnding:
      '{{name}} is {{format}}, which this ending cannot hold as it is. Give the result the ending .mkv and ask for no loss.',
    losslessEnding:
      '{{name}} is {{format}} of {{width}} × {{height}}, which MP4 cannot hold without loss: give the result the ending .mkv.',
    enhanceAlpha: '{{name}} has transparency, which would be lost. Only opaque pictures are cleaned and enlarged.',
    enhanceStill:
      '{{name}} is a picture: grain and flicker are found over time. It can be enlarged, and freed of blocks.',
    enhanceTooLarge: '{{name}} would be {{size}} pixels large; at most {{most}} on a side can be made.',
    enhanceNoBlocks: '{{name}} shows no edges of blocks: nothing of compression was smoothed.',
    enhanceSoft: '{{name}} is soft at its own size: enlarging it this way shows no more than plain interpolation does.',
    smoothRepeats:
      'Frames of {{name}} that only repeat the one before, as after a conversion of its rate: {{count}}. They were replaced.',
    continued: 'An earlier attempt had already made {{count}} frames of it; the work went on from there.',
    nothingToChange: 'The mask leaves no part of the picture to change.',
  },
  soundFontReason: {
    notOne: 'it is not a SoundFont (.sf2 or .sf3)',
    notThere: 'it is not there',
    cutShort: 'it is cut short: {{has}} of {{whole}} bytes',
    damaged: 'it is damaged ({{reason}})',
    noInstruments: 'there are no instruments in it',
    onlyDrums: 'there are only drums in it',
    tooLarge: 'it has {{size}} MB; up to {{most}} MB are played',
  },
  soundFont: {
    notOne: '{{name}} is not a SoundFont: .sf2 and .sf3 files can be used.',
    unusable: 'The SoundFont {{name}} cannot be used: {{reason}}.',
    diskFull: 'The disk is full: the SoundFont needs {{megabytes}} MB.',
  },
} as const;
