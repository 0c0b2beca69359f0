/**
 * What this ffmpeg was built with. The one file that uses fluent-ffmpeg: it lists capabilities well, and no path or
 * text of a user passes through it.
 */
import fluent from 'fluent-ffmpeg';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { locateFfmpeg } from './locate.node.ts';

/** Names of all encoders that ffmpeg lists; whether one works on this machine has to be tried. */
export async function listEncoders(): Promise<ReadonlySet<string>> {
  const { ffmpegPath } = await locateFfmpeg();
  return new Promise((resolve, reject) => {
    fluent()
      .setFfmpegPath(ffmpegPath)
      .getAvailableEncoders((error: Error | null, encoders) => {
        if (error)
          reject(new FailureError('ffmpegFailed', sentence('ffmpeg.encodersNotListed', { reason: error.message })));
        else resolve(new Set(Object.keys(encoders)));
      });
  });
}
