import { useEffect, useState } from 'react';
import { toFailure, type Failure } from '../../../core/contract/errors.ts';
import type { Estimate } from '../../../core/contract/jobs.ts';
import type { GenerationRequest } from '../../../core/document/schema.ts';
import { engine } from '../../services/connection.ts';
import { useEditor } from '../../services/store.ts';

/** How long typing must pause before an estimate is requested, ms. */
const settleMs = 350;

/** Neither: not answered yet. */
export interface EstimateAnswer {
  readonly estimate: Estimate | null;
  /** Why there is no estimate. */
  readonly failure: Failure | null;
}

const unanswered: EstimateAnswer = { estimate: null, failure: null };

/**
 * While somebody types, the last answer stays until the next one comes. That of another action, or of words where now
 * there are none, would say something untrue.
 */
const subjectOf = (request: GenerationRequest | null): string =>
  request ? `${request.action} ${request.prompt.trim() === '' ? 'empty' : 'words'}` : '';

/** What the request would take on this machine and how its words are read. */
export function useEstimate(request: GenerationRequest | null): EstimateAnswer {
  const projectId = useEditor((state) => state.projectId);
  const [answer, setAnswer] = useState({ ...unanswered, subject: '' });
  const subject = subjectOf(request);
  // a new seed or another object with the same content must not ask again
  const key = request ? JSON.stringify({ ...request, seed: 0 }) : '';
  useEffect(() => {
    if (!projectId || key === '') {
      setAnswer({ ...unanswered, subject });
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      engine()
        .call('generation.estimate', { projectId, request: JSON.parse(key) as GenerationRequest })
        .then(
          (estimate) => current && setAnswer({ estimate, failure: null, subject }),
          (error: unknown) => current && setAnswer({ estimate: null, failure: toFailure(error), subject }),
        );
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [projectId, key, subject]);
  return answer.subject === subject ? answer : unanswered;
}
