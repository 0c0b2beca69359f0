/** Clips for machines without real ones: a still picture, a pan and a shake over ffmpeg's own patterns. */
import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

const pattern = 'mandelbrot=s=1280x720:rate=25:start_scale=0.5:end_scale=0.5:maxiter=200';
const clips: Readonly<Record<string, string>> = {
  'still.mkv': `${pattern},crop=480:270:300:200,noise=alls=4:allf=t`,
  'pan.mkv': `${pattern},crop=480:270:x='200+3*n':y='150+n',noise=alls=4:allf=t`,
  'shake.mkv': `${pattern},crop=480:270:x='300+20*sin(n/3)':y='200+14*cos(n/4)',noise=alls=4:allf=t`,
};

/** Answers the folder they were written to. */
export async function makeSynthetic(parent: string): Promise<string> {
  const folder = join(parent, 'clips');
  await mkdir(folder);
  for (const [name, graph] of Object.entries(clips)) {
    const made = spawnSync(
      'ffmpeg',
      [
        '-v',
        'error',
        '-y',
        '-f',
        'lavfi',
        '-i',
        graph,
        '-frames:v',
        '60',
        '-pix_fmt',
        'yuv420p',
        '-c:v',
        'libx264',
        '-crf',
        '18',
        join(folder, name),
      ],
      { stdio: 'inherit' },
    );
    if (made.status !== 0) throw new Error(`${name} could not be made`);
  }
  return folder;
}
