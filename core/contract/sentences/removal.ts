/** Removal on footage: what its result is worth. */
export const removalSentences = {
  removal: {
    clean: 'Removed with what other frames show behind it.',
    check: 'Removed, but check {{places}}: there the background moves, does not fit or was not seen whole.',
    checkMore:
      'Removed, but check {{places}} and {{more}} more places: there the background moves, does not fit or was not seen whole.',
    invented: '{{percent}} % of what is behind it is never visible: that part is invented from its surroundings.',
    still: 'A single picture does not show what is behind it: the filled area is invented from its surroundings.',
    tight:
      'The mask seems too tight: the thing’s edge reaches up to {{px}} px out of it, and what stands outside the mask stays.',
    shortReach: 'The frames are so large that only {{frames}} of them on each side were searched for the background.',
  },
} as const;
