import { useEffect, useState } from 'react';
import type { Answer } from '../../../core/contract/contract.ts';
import { toFailure } from '../../../core/contract/errors.ts';
import type { ExportSettings } from '../../../core/contract/jobs.ts';
import { engine } from '../../services/connection.ts';
import { failureSentence } from '../../services/errors.ts';

export interface ExportEstimate {
  readonly value: Answer<'export.estimate'> | null;
  /** Why there is none. */
  readonly refusal: string | null;
}

const settleMs = 250;

/** Size, time and room for the settings as they are; asked anew when they rest. */
export function useExportEstimate(projectId: string, settings: ExportSettings | null): ExportEstimate {
  const [estimate, setEstimate] = useState<ExportEstimate>({ value: null, refusal: null });
  const key = JSON.stringify(settings);
  useEffect(() => {
    if (!settings) return setEstimate({ value: null, refusal: null });
    let wanted = true;
    const timer = setTimeout(() => {
      engine().call('export.estimate', { projectId, settings }).then(
        (value) => { if (wanted) setEstimate({ value, refusal: null }); },
        (error: unknown) => { if (wanted) setEstimate({ value: null, refusal: failureSentence(toFailure(error)) }); },
      );
    }, settleMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
    // the key stands for the settings' content
  }, [projectId, key]);
  return estimate;
}
