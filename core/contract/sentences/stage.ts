/** Scenes that the stage draws. */
export const stageSentences = {
  stage: {
    figuresBroken: "The stage's figures cannot be read from {{path}}: install Framewright again ({{reason}}).",
    tooNarrow:
      'The stage draws pictures up to {{times}} times as wide as high, or as high as wide: {{width}} x {{height}} is beyond that.',
    noFigure: "The stage has no figure '{{name}}'.",
    noCast: "'{{pack}}' has no cast to draw from: its pictures are painted by its network.",
  },
} as const;
