/**
 * Why a request cannot be carried out: a code with parameters, so that the window can word it in its language. The
 * sentences are the English ones; core/contract/sentences.ts adds them to the engine's.
 */
export const requestSentences = {
  request: {
    promptTooLong: 'The prompt has {{length}} characters; at most {{most}} are read. Please shorten it.',
    tooLong: '{{seconds}} seconds were asked for; at most {{most}} can be generated at once.',
    nothingAsked: 'Describe the shot, or give a picture to start from.',
    gapWithoutNeighbour: 'Filling a gap needs a clip on at least one side of it.',
    editWithoutWords: 'Describe what goes there.',
    pictureMissing: 'Choose the picture that is put in.',
    styleWithoutWords: 'Describe the new look.',
    lookUnknown: 'No look is called “{{words}}”. The looks for footage are: {{looks}}.',
    looksClash: '“{{first}}” and “{{second}}” cannot be combined: please ask for one of them.',
    maskMissing: 'Paint a mask over what is to change, or restyle everything.',
    partTooShort: 'The part to regenerate must cover at least a tenth of a second of the sound.',
    noPicture: '{{name}} has no picture.',
    nothingToEnhance: 'Choose what is to be cleaned, or a larger size.',
    noUpscaler: 'This model pack has no upscaler: it generates clips at its own size only.',
  },
} as const;

/** Names a sentence of `requestSentences`. */
export type RefusalCode = keyof typeof requestSentences.request;

/** One reason against a request. Numbers in `params` are shown as they are. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly params: Readonly<Record<string, string | number>>;
  /** Parameters that are sentences themselves, by their keys. */
  readonly named?: Readonly<Record<string, string>>;
}

/** Makes a refusal; `params` fill the sentence’s placeholders. */
export function refusal(code: RefusalCode, params: Refusal['params'] = {}, named: Refusal['named'] = {}): Refusal {
  return { code, params, named };
}
