import { useEffect, useState } from 'react';
import { engine } from '../../services/connection.ts';
import { start } from '../../services/errors.ts';

/** Waits for a pause in typing, ms. */
const pauseMs = 300;

/** Characters of a title that exports on this machine would draw as boxes; '' while there are none. */
export function useMissingGlyphs(text: string): string {
  const [missing, setMissing] = useState('');
  useEffect(() => {
    let current = true;
    const ask = async () => {
      const answer = await engine().call('render.missingGlyphs', { text });
      if (current) setMissing(answer.characters);
    };
    const timer = setTimeout(() => start(ask()), pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  return missing;
}
