/** Masks: why a thing was not selected or followed. */
export const maskSentences = {
  mask: {
    packCannotSelect: 'The pack {{name}} has no models that select things in a picture.',
    notFollowed: 'The mask has not been followed through the whole clip on this machine: follow it in the mask tools.',
    onlyFilms: 'Only a mask on a film can follow: a photograph stands still.',
    unknownWords: 'Nothing that can be found is called “{{words}}”. What can be: {{known}}.',
    notSeen: 'No {{what}} is seen in {{name}} there.',
    notSeenBut: 'No {{what}} is seen in {{name}} there. Seen are: {{others}}.',
    tooFew: 'Of {{what}}, only {{count}} can be seen in {{name}} there.',
    noSky: 'No sky was found in {{name}} there.',
    noOutline: 'No outline was found for “{{words}}” in {{name}} there.',
    stillOutput: '{{name}} is a photograph: its mask is a picture, so give it the ending .png.',
    lostAt: 'The thing was lost from {{from}} s to {{to}} s: nothing is masked there.',
  },
} as const;
