/** Continuing footage and bridging shots: why a way cannot be taken, and what was done. */
export const joinSentences = {
  join: {
    noPack: 'No installed pack finds motion between frames, which this needs.',
    noTail: 'The clip is too short for it.',
    people: 'People move in it: played back and forth, they would walk backwards.',
    oneWay: 'Things or the camera move one way in it: played back and forth, they would go backwards.',
    unpredictable: 'Its last frames do not tell how the motion would go on.',
    tooDifferent: 'The two frames show different things: what lies between them would be a mixture.',
    tooFar: 'Things lie too far apart in the two frames to be followed from one to the other.',
    person: 'A head differs too much between the two frames: it would be torn.',
    needsBoth:
      'A bridge leads from one clip to the next: this gap has a clip on one side only. To make that clip longer, pull its edge.',
    alpha: '{{name}} has transparency, which would be lost. Only opaque footage can be continued.',
    noSound: '{{name}} has no sound to take a room tone from.',
    shown: 'The last {{seconds}} s of {{name}} are shown again, slower, as part of the new clip.',
    cutMatched:
      'The morph replaces {{before}} frames before the cut and {{after}} after it, where the pictures match best.',
    cutTooShort: 'The clips beside the cut are too short for a morph.',
  },
} as const;
