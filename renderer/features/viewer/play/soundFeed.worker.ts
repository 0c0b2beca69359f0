/** The worker around the feed: orders come from the window, blocks go to the audio thread. */
import { SoundFeed } from './soundFeed.ts';
import { openSound } from './soundFile.ts';
import type { FeedOrder, FeedReport, OutputOrder, OutputPosition } from './soundMessages.ts';

// a worker's scope is missing from TypeScript's DOM library
const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<FeedOrder>) => void) | null;
  postMessage(report: FeedReport): void;
};

let output: MessagePort | null = null;

const feed = new SoundFeed({
  open: openSound,
  report: (report) => scope.postMessage(report),
  play: (order: OutputOrder, transfer) => output?.postMessage(order, transfer),
});

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'connect':
      output = data.port;
      data.port.onmessage = ({ data: position }: MessageEvent<OutputPosition>) => feed.moved(position);
      return;
    case 'start':
      return feed.start(data.run, data.fromTicks, data.segments, data.heard);
    case 'change':
      return feed.change(data.segments, data.heard);
    case 'stop':
      return feed.stop();
  }
};
