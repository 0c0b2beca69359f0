/** Rendering and export: what the user should know about a film. */
export const renderSentences = {
  render: {
    otherEncoder: '{{wanted}} does not work here: {{used}} is used instead.',
    coarser:
      'Some footage is {{own}}. It is exported as {{used}}, the finest format in which pictures can be put together here.',
    noGlyphs:
      "No font on this machine has these characters of '{{name}}': {{characters}}. They are drawn as boxes. Install a font for them, such as Noto.",
    held: '{{name}} has no more frames from {{from}} s on, though it should be longer: the last one is held.',
    pictureChanges:
      'The picture of {{name}} changes its size or format on the way, and is turned or mirrored: it cannot be counted.',
    wrongCount: 'The picture has {{got}} frames instead of {{wanted}}.',
    wrongCountFrom: 'The picture has {{got}} frames instead of {{wanted}}: {{name}} gave none from {{from}} s on.',
    soundMissing: "'{{name}}' gives no sound at {{seconds}} s, where it should have some: it is silent there.",
    tooLoud:
      'The mix is {{db}} dB too loud at its peak: a limiter keeps it from clipping. Turn tracks down to mix without it.',
  },
} as const;
