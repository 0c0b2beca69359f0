/** Runs in the audio thread: plays the ring buffer that the feed fills. */
import type { OutputControl, OutputOrder, OutputPosition, OutputReport } from './soundMessages.ts';
import { soundRateHz } from './soundMessages.ts';
import { SoundRing } from './soundRing.ts';

// the scope of audio worklets is missing from TypeScript's DOM library
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
declare const currentTime: number;

const ringFrames = 2 * soundRateHz;
const blendFrames = 384;
/** Quanta (128 frames each) between two reports. */
const reportEvery = 8;

class SoundOutput extends AudioWorkletProcessor {
  private readonly ring = new SoundRing(ringFrames, blendFrames);
  private feed: MessagePort | null = null;
  private run = 0;
  private state: 'idle' | 'filling' | 'begins' | 'plays' | 'stops' = 'idle';
  private quanta = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<OutputControl>) => {
      if (data.kind === 'connect') {
        this.feed = data.port;
        data.port.onmessage = ({ data: order }: MessageEvent<OutputOrder>) => this.obey(order);
      } else if (data.run >= this.run) this.state = this.state === 'plays' ? 'stops' : 'idle';
    };
  }

  private obey(order: OutputOrder): void {
    if (order.run < this.run) return;
    if (order.run > this.run) {
      this.run = order.run;
      this.ring.reset();
      this.state = 'filling';
    }
    if (order.kind === 'block') this.ring.write(order.fromFrame, order.left, order.right);
    else if (this.state === 'filling') this.state = 'begins';
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const [left, right] = outputs[0] ?? [];
    if (!left || !right || this.state === 'idle' || this.state === 'filling') return true;
    if (this.state === 'begins') {
      this.state = 'plays';
      this.report({ kind: 'began', run: this.run, atSeconds: currentTime });
    }
    this.ring.read(left, right);
    if (this.state === 'stops') {
      fadeOut(left);
      fadeOut(right);
      this.state = 'idle';
    }
    this.quanta += 1;
    if (this.quanta % reportEvery === 0) {
      const position: OutputPosition = { run: this.run, frame: this.ring.position };
      this.feed?.postMessage(position);
      this.report({ kind: 'count', run: this.run, delivered: this.ring.delivered, missing: this.ring.missing });
    }
    return true;
  }

  private report(report: OutputReport): void {
    this.port.postMessage(report);
  }
}

function fadeOut(samples: Float32Array): void {
  for (let index = 0; index < samples.length; index += 1) samples[index]! *= 1 - index / samples.length;
}

registerProcessor('framewright-sound', SoundOutput);
