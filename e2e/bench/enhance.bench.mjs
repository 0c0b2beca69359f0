/**
 * Clean picture on real clips, each beside the classic way: films halved and made twice as large again (Lanczos), grain
 * that was added and taken out (hqdn3d, nlmeans, atadenoise, a median over time), films that were strongly compressed
 * (deblock, spp), exposure that was made to swing and evened out (ffmpeg's deflicker). PSNR against the film as it
 * was. Strengths of grain and blocks were chosen on the cups and on am_bt601.mov. The issue sets no bars here: being
 * behind the simplest classic way is the least. `npm run bench -- enhance`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ffmpeg, framesOf, framewright, meanOf, mediaFolder, psnr } from './realClips.mjs';

/** File, second it is read from, part of its picture. */
const halved = [
  ['mdn_flower.mp4', 1, '640:360:100:80'],
  ['sam_02_cups.mp4', 1, '640:480:320:120'],
  ['am_london.jpg', 0, '640:480:100:100'],
  ['mdn_friday.mp4', 2, '640:480:0:0'],
];
/** File, second it is read from, size it is reduced to. */
const grainy = [
  ['sam_02_cups.mp4', 1, '640:360'],
  ['mdn_flower.mp4', 1, '480:270'],
  ['intel_walk.mkv', 2, '320:240'],
  ['am_hdr10-av1.mp4', 1, '360:640'],
  ['mdn_stream-of-water.mp4', 1, '240:180'],
  ['am_sample_edit_list.mp4', 0.5, '640:360'],
  ['mb_video-h265.mp4', 2, '640:360'],
];
/** File, second it is read from, size it is reduced to; and what it is compressed with, each. */
const blocky = [
  ['mdn_flower.mp4', 1, '480:272'],
  ['intel_walk.mkv', 1, '320:240'],
  ['am_hdr10-av1.mp4', 1, '288:512'],
  ['am_sample.avi', 1, '480:192'],
  ['mb_video-h265.mp4', 2, '480:272'],
  ['am_sample_edit_list.mp4', 0.5, '480:272'],
];
const compressions = {
  'H.264': ['-c:v', 'libx264', '-crf', '40'],
  'MPEG-4': ['-c:v', 'mpeg4', '-q:v', '16'],
  MJPEG: ['-c:v', 'mjpeg', '-q:v', '20', '-pix_fmt', 'yuvj420p'],
};
const smoothers = {
  deblock: ['deblock=filter=strong:block=8'],
  spp: ['spp=3:qp=4', 'spp=3:qp=8', 'spp=3:qp=12'],
};
/** Standard deviation of the grain in brightness, levels of 8 bits; the filters' best strengths for it are tried. */
const grain = 8;
const grainFrames = 9;
/** Frames that are compared: those with two neighbours on each side. */
const compared = [2, 7];
const classic = {
  hqdn3d: ['hqdn3d=4', 'hqdn3d=8'],
  nlmeans: ['nlmeans=s=4:p=7:r=11', 'nlmeans=s=6:p=7:r=11', 'nlmeans=s=8:p=7:r=11'],
  atadenoise: ['atadenoise=0a=0.1:0b=0.2:1a=0.1:1b=0.2:2a=0.1:2b=0.2:s=5'],
  'temporal median': ['tmedian=radius=2'],
};
/** File and size of the film whose exposure swings; frames of it. */
const flickering = [
  ['sam_02_cups.mp4', '320:180'],
  ['mdn_friday.mp4', '320:240'],
  ['am_bbb_800x640_768kbps_30fps_avc_pyramid_3b.mp4', '320:256'],
];
const flickerFrames = 60;

const lossless = ['-an', '-c:v', 'ffv1', '-pix_fmt', 'yuv420p'];
const sizeOf = (text) => {
  const [width, height] = text.split(':').map(Number);
  return { width, height };
};

export async function run({ projectRoot, say }) {
  const media = mediaFolder(
    projectRoot,
    [...halved, ...grainy, ...blocky, ...flickering].map(([name]) => name),
  );
  const folder = await mkdtemp(join(tmpdir(), 'framewright-enhance-'));
  const bench = { projectRoot, media, say, at: (name) => join(folder, name) };
  try {
    return [
      ...(await enlarging(bench)),
      ...(await denoising(bench)),
      ...(await deblocking(bench)),
      ...(await deflickering(bench)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** PSNR of brightness and of colour. */
const both = (truth, made) => ({ luma: psnr(truth, made, 'luma'), chroma: psnr(truth, made, 'chroma') });
const told = ({ luma, chroma }) => `${luma.toFixed(2)} (colour ${chroma.toFixed(2)})`;

async function enlarging({ projectRoot, media, say, at }) {
  const found = [];
  for (const [name, from, crop] of halved) {
    const size = sizeOf(crop);
    const [truth, half, lanczos, made] = ['truth.mkv', 'half.mkv', 'lanczos.mkv', 'made.mkv'].map(at);
    const seek = from > 0 ? ['-ss', String(from)] : [];
    const filters = `crop=${crop},format=yuv420p`;
    await ffmpeg([...seek, '-i', join(media, name), '-frames:v', '2', '-vf', filters, ...lossless, truth]);
    await ffmpeg(['-i', truth, '-vf', `scale=${size.width / 2}:${size.height / 2}:flags=area`, ...lossless, half]);
    await ffmpeg(['-i', half, '-vf', `scale=${size.width}:${size.height}:flags=lanczos`, ...lossless, lanczos]);
    const frames = await framesOf(truth, size);
    const figures = { lanczos: both(frames, await framesOf(lanczos, size)) };
    for (const [setting, words] of Object.entries({ plain: [], compressed: ['--compressed'] })) {
      await framewright(projectRoot, ['upscale', half, '-o', made, '--lossless', ...words]);
      figures[setting] = both(frames, await framesOf(made, size));
      await rm(made);
    }
    const texts = Object.entries(figures).map(([way, psnrs]) => `${way} ${told(psnrs)}`);
    say(`  ${name} made twice as large, dB: ${texts.join(', ')}`);
    found.push(figures);
  }
  return ['plain', 'compressed'].map((setting) => {
    const [luma, chroma] = ['luma', 'chroma'].map((part) =>
      meanOf(found.map((each) => each[setting][part] - each.lanczos[part])),
    );
    return {
      figure: `x2, ${setting}, ${halved.length} pictures: PSNR over Lanczos, mean`,
      measured: `${luma.toFixed(2)} dB (colour ${chroma.toFixed(2)} dB)`,
      bar: '>= 0 dB',
      ok: luma >= 0,
    };
  });
}

async function denoising({ projectRoot, media, say, at }) {
  const gains = [];
  for (const [name, from, text] of grainy) {
    const size = sizeOf(text);
    const [clean, noisy, made] = ['clean.mkv', 'noisy.mkv', 'made.mkv'].map(at);
    const reduced = `scale=${text}:flags=area,format=yuv420p`;
    const some = ['-frames:v', String(grainFrames), '-vf', reduced, '-r', '25'];
    await ffmpeg(['-ss', String(from), '-i', join(media, name), ...some, ...lossless, clean]);
    const truth = await framesOf(clean, size);
    const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${size.width}x${size.height}`, '-r', '25', '-i', '-'];
    await ffmpeg([...raw, ...lossless, noisy], withGrain(truth));
    const wanted = truth.slice(...compared);
    // the median over time leaves out those without all their neighbours
    const against = (frames) => both(wanted, frames.length === wanted.length ? frames : frames.slice(...compared));
    const figures = { noisy: against(await framesOf(noisy, size)) };
    await framewright(projectRoot, ['denoise', noisy, '-o', made, '--lossless']);
    figures.here = against(await framesOf(made, size));
    await rm(made);
    for (const [way, strengths] of Object.entries(classic))
      for (const filter of strengths) {
        await ffmpeg(['-i', noisy, '-vf', filter, ...lossless, made]);
        const psnrs = against(await framesOf(made, size));
        if (!figures[way] || psnrs.luma > figures[way].luma) figures[way] = psnrs;
      }
    say(
      `  ${name} with grain, dB: ${Object.entries(figures)
        .map(([way, psnrs]) => `${way} ${told(psnrs)}`)
        .join(', ')}`,
    );
    await rm(made);
    gains.push(figures);
  }
  return Object.keys(classic).map((way) => {
    const [luma, chroma] = ['luma', 'chroma'].map((part) =>
      meanOf(gains.map((each) => each.here[part] - each[way][part])),
    );
    return {
      figure: `grain taken out of ${grainy.length} films: PSNR over ${way} at its best, mean`,
      measured: `${luma.toFixed(2)} dB (colour ${chroma.toFixed(2)} dB)`,
      bar: '>= 0 dB',
      ok: luma >= 0,
    };
  });
}

async function deblocking({ projectRoot, media, say, at }) {
  const gains = [];
  for (const [name, from, text] of blocky) {
    const size = sizeOf(text);
    const [clean, bad, made, read] = ['clean.mkv', 'bad.mkv', 'made.mkv', 'read.mkv'].map(at);
    // even times: nothing is repeated or dropped
    const filters = `scale=${text}:flags=area,format=yuv420p,setpts=N/25/TB`;
    const reduced = ['-frames:v', '6', '-vf', filters, '-r', '25'];
    await ffmpeg(['-ss', String(from), '-i', join(media, name), ...reduced, ...lossless, clean]);
    const truth = await framesOf(clean, size);
    for (const [codec, options] of Object.entries(compressions)) {
      await ffmpeg(['-i', clean, '-an', ...options, bad]);
      const figures = { compressed: both(truth, await framesOf(bad, size)) };
      await framewright(projectRoot, ['deblock', bad, '-o', made, '--lossless']);
      // of MJPEG the take has the whole range of levels, as its source has
      await ffmpeg(['-i', made, '-vf', 'scale=out_range=tv,format=yuv420p', ...lossless, read]);
      figures.here = both(truth, await framesOf(read, size));
      await rm(made);
      for (const [way, strengths] of Object.entries(smoothers))
        for (const filter of strengths) {
          await ffmpeg(['-i', bad, '-vf', `scale=out_range=tv,format=yuv420p,${filter}`, ...lossless, made]);
          const psnrs = both(truth, await framesOf(made, size));
          if (!figures[way] || psnrs.luma > figures[way].luma) figures[way] = psnrs;
        }
      await rm(made);
      const texts = Object.entries(figures).map(([way, psnrs]) => `${way} ${told(psnrs)}`);
      say(`  ${name} through ${codec}, dB: ${texts.join(', ')}`);
      gains.push(figures);
    }
  }
  // spp's strength is chosen by the truth: to come near is enough
  const bars = { compressed: 0.3, deblock: 0.1, spp: -0.2 };
  return Object.entries(bars).map(([way, bar]) => {
    const [luma, chroma] = ['luma', 'chroma'].map((part) =>
      meanOf(gains.map((each) => each.here[part] - each[way][part])),
    );
    return {
      figure: `blocks of ${gains.length} compressed films: PSNR over ${way}, mean`,
      measured: `${luma.toFixed(2)} dB (colour ${chroma.toFixed(2)} dB)`,
      bar: `>= ${bar} dB`,
      ok: luma >= bar,
    };
  });
}

/** Grain of a normal distribution, in colour six tenths as much. */
function withGrain(frames) {
  const random = generator(3);
  const parts = frames.flatMap(({ luma, chroma }) => [
    [luma, grain],
    [chroma, 0.6 * grain],
  ]);
  return Buffer.concat(
    parts.map(([samples, deviation]) =>
      Buffer.from(
        Uint8ClampedArray.from(samples, (value) => {
          const radius = Math.sqrt(-2 * Math.log(1 - random()));
          return value + deviation * radius * Math.cos(2 * Math.PI * random());
        }).buffer,
      ),
    ),
  );
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Exposure is multiplied by up to 15 % more or less in each frame; the swing that is left, as a share. */
async function deflickering({ projectRoot, media, say, at }) {
  const found = [];
  for (const [name, text] of flickering) {
    const size = sizeOf(text);
    const [clean, swinging, made] = ['clean.mkv', 'swinging.mkv', 'made.mkv'].map(at);
    const reduced = ['-frames:v', String(flickerFrames), '-vf', `scale=${text}:flags=area,format=yuv420p`];
    await ffmpeg(['-i', join(media, name), ...reduced, '-r', '25', ...lossless, clean]);
    // two swings that share no period, as of lamps beside a shutter
    const swing = '(1+0.09*sin(2.1*N)+0.05*sin(0.83*N))';
    const chroma = ['cb', 'cr'].map((plane) => `${plane}='128+(${plane}(X,Y)-128)*${swing}'`);
    const filter = `geq=lum='16+(lum(X,Y)-16)*${swing}':${chroma.join(':')}`;
    await ffmpeg(['-i', clean, '-vf', filter, ...lossless, swinging]);
    const truth = await framesOf(clean, size);
    const before = swingOf(truth, await framesOf(swinging, size));
    await framewright(projectRoot, ['denoise', swinging, '-o', made, '--lossless', '--strength', '0', '--deflicker']);
    const here = swingOf(truth, await framesOf(made, size));
    await rm(made);
    let theirs = Infinity;
    for (const reach of [5, 10, 25]) {
      await ffmpeg(['-i', swinging, '-vf', `deflicker=size=${reach}`, ...lossless, made]);
      theirs = Math.min(theirs, swingOf(truth, await framesOf(made, size)));
      await rm(made);
    }
    say(
      `  ${name}, exposure swings by ${percent(before)}: here ${percent(here)} are left, ` +
        `by ffmpeg's deflicker ${percent(theirs)}`,
    );
    found.push({ here: here / before, theirs: theirs / before });
  }
  const [here, theirs] = ['here', 'theirs'].map((way) => meanOf(found.map((each) => each[way])));
  return [
    {
      figure: `flicker left in ${flickering.length} films (ffmpeg's deflicker at its best)`,
      measured: `${percent(here)} (${percent(theirs)})`,
      bar: 'less than ffmpeg',
      ok: here < theirs,
    },
  ];
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** Root mean square of how the brightness over the film's own changes from frame to frame. */
function swingOf(truth, made) {
  if (made.length !== truth.length) throw new Error(`${made.length} frames came of ${truth.length}`);
  const gains = truth.map(({ luma }, i) => Math.log((meanOf(made[i].luma) - 16) / (meanOf(luma) - 16)));
  const steps = gains.slice(1).map((gain, i) => (gain - gains[i]) ** 2);
  return Math.sqrt(meanOf(steps));
}
