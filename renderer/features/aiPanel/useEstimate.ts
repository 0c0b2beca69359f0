import { useEffect, useState } from 'react';
import { toFailure, type Failure } from '../../../core/contract/errors.ts';
import type { Answer } from '../../../core/contract/contract.ts';
import type { Estimate, PromptReading } from '../../../core/contract/jobs.ts';
import type { GenerationRequest } from '../../../core/document/schema.ts';
import { engine } from '../../services/connection.ts';
import { useEditor } from '../../services/store.ts';

/** How long typing must pause before the words are read, ms. */
const readingSettleMs = 120;
/** And before an estimate is requested, ms. */
const estimateSettleMs = 350;

/** How the words are read. */
export interface WordsAnswer {
  /** null = not known yet. While somebody types, the last reading stays until the next one comes. */
  readonly reading: PromptReading | null;
  /** A newer reading is on its way. */
  readonly isWaiting: boolean;
}

/** Neither estimate nor failure: not answered yet. */
export interface EstimateAnswer {
  readonly estimate: Estimate | null;
  /** Why there is no estimate. */
  readonly failure: Failure | null;
  readonly words: WordsAnswer;
}

/** The last answer, and what it was to. */
interface Answered<T> {
  readonly key: string;
  readonly subject: string;
  readonly value: T | null;
  readonly failure: Failure | null;
}

/**
 * While somebody types, the last answer stays until the next one comes. That of another action, or of words where now
 * there are none, would say something untrue.
 */
const subjectOf = (request: GenerationRequest | null): string =>
  request ? `${request.action} ${request.prompt.trim() === '' ? 'empty' : 'words'}` : '';

/** Asks the engine about a request once typing has paused for `settleMs`; an empty key asks nothing. */
function useAnswer<M extends 'generation.read' | 'generation.estimate'>(
  method: M,
  key: string,
  subject: string,
  settleMs: number,
): Answered<Answer<M>> {
  const projectId = useEditor((state) => state.projectId);
  const [answered, setAnswered] = useState<Answered<Answer<M>>>({ key: '', subject: '', value: null, failure: null });
  useEffect(() => {
    const none = { key, subject, value: null };
    if (!projectId || key === '') {
      setAnswered({ ...none, failure: null });
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      engine()
        .call<M>(method, { projectId, request: JSON.parse(key) as GenerationRequest })
        .then(
          (value) => current && setAnswered({ key, subject, value, failure: null }),
          (error: unknown) => current && setAnswered({ ...none, failure: toFailure(error) }),
        );
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [method, projectId, key, subject, settleMs]);
  return answered.subject === subject ? answered : { key: '', subject, value: null, failure: null };
}

/** What the request would take on this machine, and how its words are read: the words come first. */
export function useEstimate(request: GenerationRequest | null): EstimateAnswer {
  const subject = subjectOf(request);
  // a new seed or another object with the same content must not ask again
  const key = request ? JSON.stringify({ ...request, seed: 0 }) : '';
  const isWritten = request !== null && request.prompt.trim() !== '';
  const read = useAnswer('generation.read', isWritten ? key : '', subject, readingSettleMs);
  const { value: estimate, failure, key: estimated } = useAnswer('generation.estimate', key, subject, estimateSettleMs);
  // without words, what a picture suggests comes with the estimate
  const reading = isWritten && (read.key === key || estimated !== key) ? read.value : estimate;
  const isKnown = isWritten ? read.key === key || estimated === key : estimated === key;
  return { estimate, failure, words: { reading, isWaiting: key !== '' && !isKnown } };
}
