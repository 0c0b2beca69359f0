/** Masks: why a thing was not selected. */
export const maskSentences = {
  mask: {
    packCannotSelect: 'The pack {{name}} has no models that select things in a picture.',
  },
} as const;
