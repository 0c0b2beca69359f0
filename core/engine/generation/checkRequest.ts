/** What can be said of a request before anything is loaded: sentences for what could never work. */
import { FailureError } from '../../contract/errors.ts';
import type { GenerationRequest } from '../../document/schema.ts';
import { assertNever } from '../../time/assertNever.ts';
import { secondsFromTicks } from '../../time/ticks.ts';

export const longestPrompt = 2000;
/** A run longer than this would take hours and more memory than it should; sound needs little of either. */
export const longestSeconds = 600;
const longestSoundSeconds = 3600;
/** Of a stem: less cannot be faded in and out. */
const shortestPartSeconds = 0.1;

export function checkPrompt(prompt: string): void {
  if (prompt.length <= longestPrompt) return;
  throw new FailureError(
    'badRequest',
    `The prompt has ${prompt.length.toLocaleString('en')} characters; at most ${longestPrompt.toLocaleString('en')} are read. Please shorten it.`,
  );
}

/** Throws FailureError 'badRequest'. */
export function checkRequest(request: GenerationRequest): void {
  checkPrompt(request.prompt);
  const refuse = (sentence: string): never => {
    throw new FailureError('badRequest', sentence);
  };
  const seconds = secondsFromTicks(request.durationTicks);
  if (request.upscale && request.action !== 'generate')
    refuse(
      'Only what is generated from words or pictures can be made larger: everything else keeps the size of its source.',
    );
  const longest = request.action === 'soundtrack' ? longestSoundSeconds : longestSeconds;
  if (seconds > longest)
    refuse(`${Math.round(seconds)} seconds were asked for; at most ${longest} can be made at once.`);
  switch (request.action) {
    case 'generate':
      if (request.prompt.trim() === '' && !request.firstFrame && !request.lastFrame && request.references.length === 0)
        refuse('Say what is to be generated, or give a picture to start from.');
      return;
    case 'extend':
      if (!request.source) refuse('Extending needs a clip to go on from.');
      if (!request.direction) refuse('Say which way to extend: forward or backward.');
      return;
    case 'fillGap':
      if (!request.firstFrame && !request.lastFrame) refuse('Filling a gap needs a clip on at least one side of it.');
      return;
    case 'inpaint':
      if (!request.source) refuse('Inpainting needs a clip to work on.');
      if (request.prompt.trim() === '' && request.edit !== 'remove') refuse('Say what is to be put there.');
      return;
    case 'restyle':
      if (!request.source) refuse('Restyling needs a clip to work on.');
      if (request.prompt.trim() === '') refuse('Say what it is to look like.');
      if (request.scope === 'masked' && !request.mask)
        refuse('Paint a mask over what is to change, or restyle everything.');
      return;
    case 'soundtrack':
      if (!request.stem) refuse('Say which stem to make: ambience, foley or music.');
      if (
        request.part &&
        (request.part.startTicks >= request.durationTicks ||
          secondsFromTicks(Math.min(request.part.durationTicks, request.durationTicks - request.part.startTicks)) <
            shortestPartSeconds)
      )
        refuse('The part to be made anew must hold at least a tenth of a second of the sound.');
      return;
    default:
      assertNever(request.action);
  }
}
