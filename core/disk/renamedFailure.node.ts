/** Failures about a temporary file, told about the file that the user knows. */
import { basename } from 'node:path';
import { FailureError } from '../contract/errors.ts';
import type { Sentence } from '../contract/sentence.ts';

/** The failure with the path or name of `from` replaced by that of `to`; the same one where it mentions neither. */
export function renamedFailure(error: FailureError, from: string, to: string): FailureError {
  const { failure } = error;
  if (!JSON.stringify(failure).includes(JSON.stringify(basename(from)).slice(1, -1))) return error;
  const renamed = (text: string) => text.replaceAll(from, () => to).replaceAll(basename(from), () => basename(to));
  return FailureError.of({
    code: failure.code,
    message: renamed(failure.message),
    ...(failure.sentence && { sentence: renamedSentence(failure.sentence, renamed) }),
    ...(failure.path !== undefined && { path: renamed(failure.path) }),
  });
}

function renamedSentence(said: Sentence, renamed: (text: string) => string): Sentence {
  const params = Object.entries(said.params).map(([name, param]) => {
    if (typeof param === 'string') return [name, renamed(param)] as const;
    return [name, typeof param === 'object' ? renamedSentence(param, renamed) : param] as const;
  });
  return { ...said, params: Object.fromEntries(params), text: renamed(said.text) };
}
