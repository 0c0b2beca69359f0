import { formatDuration } from '../../time/timecode.ts';

export interface CommandProgress {
  /** 0..1 */
  readonly fraction: number;
  readonly stage: string;
  readonly step: number | null;
  readonly stepCount: number | null;
  readonly secondsLeft: number | null;
}

export interface ProgressLine {
  show(progress: CommandProgress): void;
  /** A sentence on its own line, which stays. */
  say(sentence: string): void;
  /** Takes the moving line away. */
  end(): void;
}

/** A terminal's line is redrawn this often; a log gets a new line this often, or when the stage changes. */
const terminalEveryMs = 100;
const logEveryMs = 2000;

/** '42 %  denoise 3/8  0:12 left' */
export function formatProgress({ fraction, stage, step, stepCount, secondsLeft }: CommandProgress): string {
  const percent = `${Math.floor(Math.min(1, Math.max(0, fraction)) * 100)} %`.padStart(5);
  const steps = step === null ? '' : stepCount === null ? ` ${step}` : ` ${step}/${stepCount}`;
  const left = secondsLeft === null ? '' : `  ${formatDuration(secondsLeft)} left`;
  return `${percent}  ${stage}${steps}${left}`;
}

/** A progress display: one line that is rewritten on a terminal, one line for each stage elsewhere. */
export function progressLine(
  out: { write(text: string): unknown; readonly isTTY?: boolean },
  nowMs: () => number = Date.now,
): ProgressLine {
  const isTerminal = out.isTTY === true;
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let shownStage = '';
  let lineIsOpen = false;
  const clear = () => {
    if (lineIsOpen) out.write('\r\u001b[K');
    lineIsOpen = false;
  };
  return {
    show: (progress) => {
      const isNewStage = !isTerminal && progress.stage !== shownStage;
      if (!isNewStage && nowMs() - shownAtMs < (isTerminal ? terminalEveryMs : logEveryMs)) return;
      shownAtMs = nowMs();
      shownStage = progress.stage;
      const text = formatProgress(progress);
      out.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
      lineIsOpen = isTerminal;
    },
    say: (sentence) => {
      clear();
      out.write(`${sentence}\n`);
    },
    end: clear,
  };
}
