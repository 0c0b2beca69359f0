/** Scenes that the stage draws. */
export const stageSentences = {
  stage: {
    noFigure: "The stage has no figure '{{name}}'.",
    noCast: "'{{pack}}' has no cast to draw from: its pictures are painted by its network.",
  },
} as const;
