import { describe, expect, it } from 'vitest';
import { formatProgress, progressLine, type CommandProgress } from './progressLine.ts';

const at = (fraction: number, stage = 'denoise'): CommandProgress => ({
  fraction,
  stage,
  step: null,
  stepCount: null,
  secondsLeft: null,
});

function recorder(isTTY: boolean) {
  const written: string[] = [];
  let now = 0;
  const line = progressLine({ write: (text) => written.push(text), isTTY }, () => now);
  return { written, line, wait: (ms: number) => (now += ms) };
}

it('says percent, stage, step and time left', () => {
  expect(formatProgress({ fraction: 0.426, stage: 'denoise', step: 3, stepCount: 8, secondsLeft: 12 })).toBe(
    ' 42 %  denoise 3/8  0:12 left',
  );
  expect(formatProgress(at(1.2))).toBe('100 %  denoise');
});

describe('in a terminal', () => {
  it('one line is drawn anew, ten times a second at most', () => {
    const { written, line, wait } = recorder(true);
    line.show(at(0.1));
    line.show(at(0.2));
    wait(100);
    line.show(at(0.3));
    expect(written).toEqual(['\r\u001b[K 10 %  denoise', '\r\u001b[K 30 %  denoise']);
  });
  it('a sentence takes the line’s place', () => {
    const { written, line } = recorder(true);
    line.show(at(0.1));
    line.say('No GPU answered: running on the CPU.');
    expect(written.slice(1)).toEqual(['\r\u001b[K', 'No GPU answered: running on the CPU.\n']);
  });
});

describe('in a log', () => {
  it('a line comes with every stage and else every two seconds, without control characters', () => {
    const { written, line, wait } = recorder(false);
    line.show(at(0.1));
    line.show(at(0.2));
    line.show(at(0.3, 'decode'));
    wait(2000);
    line.show(at(0.9, 'decode'));
    line.end();
    expect(written).toEqual([' 10 %  denoise\n', ' 30 %  decode\n', ' 90 %  decode\n']);
  });
});
