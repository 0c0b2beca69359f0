import { useEffect, useState } from 'react';
import type { Answer } from '../../../core/contract/contract.ts';
import { toFailure } from '../../../core/contract/errors.ts';
import type { ExportSettings } from '../../../core/contract/jobs.ts';
import { engine } from '../../services/connection.ts';
import { failureSentence } from '../../services/errors.ts';

export interface ExportEstimate {
  readonly value: Answer<'export.estimate'> | null;
  /** Why there is no estimate; null when there is one. */
  readonly refusal: string | null;
}

const settleMs = 250;

/** File size, time and disk space for the current settings, estimated again when they stop changing. */
export function useExportEstimate(projectId: string, wanted: ExportSettings | null): ExportEstimate {
  const [estimate, setEstimate] = useState<ExportEstimate>({ value: null, refusal: null });
  const key = JSON.stringify(wanted);
  useEffect(() => {
    // by its content: the object is a new one at every drawing
    const settings = JSON.parse(key) as ExportSettings | null;
    if (!settings) return setEstimate({ value: null, refusal: null });
    let current = true;
    const timer = setTimeout(() => {
      engine()
        .call('export.estimate', { projectId, settings })
        .then(
          (value) => {
            if (current) setEstimate({ value, refusal: null });
          },
          (error: unknown) => {
            if (current) setEstimate({ value: null, refusal: failureSentence(toFailure(error)) });
          },
        );
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [projectId, key]);
  return estimate;
}
