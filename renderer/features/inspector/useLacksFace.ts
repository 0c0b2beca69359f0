import { useEffect, useState } from 'react';
import { engine } from '../../services/connection.ts';
import { start } from '../../services/errors.ts';

/** Waits for a pause in typing, ms. */
const pauseMs = 300;

/** Whether exports on this machine would draw boxes in place of some characters of a title. */
export function useLacksFace(text: string): boolean {
  const [lacks, setLacks] = useState(false);
  useEffect(() => {
    let current = true;
    const ask = async () => {
      const answer = await engine().call('render.lacksFace', { text });
      if (current) setLacks(answer.lacks);
    };
    const timer = setTimeout(() => start(ask()), pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  return lacks;
}
