/** Masks: why a thing was not selected or followed. */
export const maskSentences = {
  mask: {
    packCannotSelect: 'The pack {{name}} has no models that select things in a picture.',
    notFollowed: 'The mask has not been followed through the whole clip on this machine: follow it in the mask tools.',
    onlyFilms: 'Only a mask on a film can follow: a photograph stands still.',
  },
} as const;
