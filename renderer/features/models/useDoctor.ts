import { useEffect, useState } from 'react';
import type { DoctorReport } from '../../../core/contract/contract.ts';
import { engine } from '../../services/connection.ts';
import { sayFailure } from '../../services/errors.ts';

/** What this machine can run; null until the engine has tried. */
export function useDoctor(): DoctorReport | null {
  const [report, setReport] = useState<DoctorReport | null>(null);
  useEffect(() => {
    let wanted = true;
    engine()
      .call('app.doctor', {})
      .then((answer) => {
        if (wanted) setReport(answer);
      })
      .catch(sayFailure);
    return () => {
      wanted = false;
    };
  }, []);
  return report;
}
