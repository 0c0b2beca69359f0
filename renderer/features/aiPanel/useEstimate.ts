import { useEffect, useState } from 'react';
import type { Estimate } from '../../../core/contract/jobs.ts';
import type { GenerationRequest } from '../../../core/document/schema.ts';
import { engine } from '../../services/connection.ts';
import { useEditor } from '../../services/store.ts';

/** What the request would take on this machine and how its words are read; asked for once the typing rests. */
export function useEstimate(request: GenerationRequest | null): { estimate: Estimate | null; problem: string | null } {
  const projectId = useEditor((state) => state.projectId);
  const [answer, setAnswer] = useState<{ estimate: Estimate | null; problem: string | null }>({
    estimate: null,
    problem: null,
  });
  // a new seed or another object of the same content must not ask again
  const key = request ? JSON.stringify({ ...request, seed: 0 }) : '';
  useEffect(() => {
    if (!projectId || key === '') {
      setAnswer({ estimate: null, problem: null });
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      engine()
        .call('generation.estimate', { projectId, request: JSON.parse(key) as GenerationRequest })
        .then((estimate) => current && setAnswer({ estimate, problem: null }))
        .catch(
          (error: unknown) =>
            current && setAnswer({ estimate: null, problem: error instanceof Error ? error.message : String(error) }),
        );
    }, 350);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [projectId, key]);
  return answer;
}
