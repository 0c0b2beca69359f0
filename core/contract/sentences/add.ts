/** Pictures put into footage. */
export const addSentences = {
  add: {
    followed: 'The picture follows its anchor in every frame.',
    lost: 'Not shown at {{places}}: what it is anchored to was not found there.',
    atCut: 'Not shown at {{places}}: the shot it is anchored in is cut there.',
    noThing: 'Not shown at {{places}}: the mask of the thing it follows is empty there.',
    bridged: 'Check {{places}}: the anchor was not found there, and its place is taken from the frames around.',
    outside: 'On {{frames}} frames the picture lies outside the frame.',
    nothingToFollow:
      'Nothing there can be followed: the place is too plain, or it moves too fast. Choose another frame or place, or anchor it to the whole scene.',
    needsPicture:
      'Words alone put nothing into footage: choose a picture of what is to be added (PNG, JPEG, WebP or SVG, with or without transparency) and place it in the frame.',
    pictureEmpty: '“{{name}}” is wholly transparent: there is nothing to put in.',
    noSubject:
      'No subject was found in “{{name}}” that could be cut out. Use a picture with transparency, or put it in whole.',
    replaceNeedsMask: 'Mark what is to be replaced: the picture takes its place and follows it.',
    thingNeedsMask: 'Mark the person or thing that the picture is to follow.',
  },
} as const;
