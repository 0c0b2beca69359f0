/** Why a request cannot be carried out: a code with parameters, so that the window can word it in its language. */
export type RefusalCode =
  | 'promptTooLong'
  | 'tooLong'
  | 'nothingAsked'
  | 'gapWithoutNeighbour'
  | 'editWithoutWords'
  | 'styleWithoutWords'
  | 'maskMissing'
  | 'partTooShort'
  | 'noPicture'
  | 'noUpscaler';

export interface Refusal {
  readonly code: RefusalCode;
  readonly params: Readonly<Record<string, string | number>>;
}

export function refusal(code: RefusalCode, params: Refusal['params'] = {}): Refusal {
  return { code, params };
}

const sentences: Readonly<Record<RefusalCode, string>> = {
  promptTooLong: 'The prompt has {{length}} characters; at most {{most}} are read. Please shorten it.',
  tooLong: '{{seconds}} seconds were asked for; at most {{most}} can be generated at once.',
  nothingAsked: 'Describe the shot, or give a picture to start from.',
  gapWithoutNeighbour: 'Filling a gap needs a clip on at least one side of it.',
  editWithoutWords: 'Describe what goes there.',
  styleWithoutWords: 'Describe the new look.',
  maskMissing: 'Paint a mask over what is to change, or restyle everything.',
  partTooShort: 'The part to regenerate must cover at least a tenth of a second of the sound.',
  noPicture: '{{name}} has no picture.',
  noUpscaler: 'This model pack has no upscaler: it generates clips at its own size only.',
};

/** In English: for the command line, for logs, and as the detail of a failure. */
export function refusalSentence({ code, params }: Refusal): string {
  return sentences[code].replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = params[name];
    return typeof value === 'number' ? value.toLocaleString('en') : String(value ?? '');
  });
}
