/** What a single line of ffmpeg gives for the wish that a look answers. */
import type { LookId } from '../../core/actions/restyle/looks.ts';

/** Chains of filters; a look that is not listed has no kin of one line. */
export const oneLiners: Partial<Record<LookId, string>> = {
  watercolour: 'median=radius=4,eq=saturation=1.2:gamma=1.3',
  oil: 'median=radius=5,eq=saturation=1.3',
  pencil: 'edgedetect=low=0.1:high=0.3,negate',
  ink: 'format=gray,eq=contrast=3',
  comic: 'edgedetect=mode=colormix:high=0',
  pixelArt: 'scale=iw/8:ih/8:flags=area,scale=iw*8:ih*8:flags=neighbor',
  clay: 'gblur=sigma=4',
  neon: 'edgedetect=low=0.1:high=0.3:mode=wires',
  blueprint: 'edgedetect=low=0.1:high=0.3',
  duotone: 'hue=s=0,curves=r=0/0.08 0.45/0.76 1/1:g=0/0.08 0.45/0.19 1/0.89:b=0/0.32 0.45/0.43 1/0.54',
  warmNegative: 'curves=preset=vintage,noise=alls=6:allf=t',
  vividSlide: 'eq=saturation=1.4:contrast=1.2',
  cinema: 'colorbalance=rs=-.15:bs=.15:rh=.12:bh=-.12,eq=contrast=1.1',
  instant: 'eq=saturation=0.8:contrast=0.85:brightness=0.05',
  monochrome: 'hue=s=0,noise=c0s=8:c0f=t',
  noir: 'hue=s=0,eq=contrast=1.6,vignette',
  oldFilm: 'colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0:.272:.534:.131,noise=alls=12:allf=t',
  dusk: 'colorbalance=rs=.2:bs=-.2:rm=.15:bm=-.1,eq=brightness=-.08',
  night: 'eq=brightness=-.3:saturation=.5,colorbalance=bs=.2',
  autumn: 'hue=h=-40:s=1.1',
  winter: 'eq=saturation=.4:brightness=.12,colorbalance=bm=.1',
  fog: 'eq=contrast=.6:brightness=.15:saturation=.6',
  blurred: 'gblur=sigma=15',
  mosaic: 'scale=iw/34:ih/34:flags=area,scale=iw*34:ih*34:flags=neighbor',
  dimmed: 'eq=brightness=-.3:saturation=.6',
};
