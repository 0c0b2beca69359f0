/**
 * Interlaced frames as whole ones. These filters come before all others: at the coded size, before anything is scaled
 * or counted, and with the frames' true neighbours.
 */
import { filter, type Filter } from './filterGraph.ts';
import { sampleFormatOf } from './sampleFormat.ts';

/** How a stream's frames are made of fields. */
export interface Fields {
  /** Which field comes first. */
  readonly fieldOrder: 'progressive' | 'top' | 'bottom';
  /** Frames without the mark of interlaced ones are whole. */
  readonly fieldsMarked: boolean;
  readonly pixelFormat: string;
}

/** Frames that must be read before the first one wanted: its fields are compared with those before it. */
export const neighbourFrames = 2;

/**
 * Deinterlaces at the stream's own frame rate; each frame is at the time of its first field. Where the pictures are
 * whole, frames only lose a mark of interlacing that they may carry.
 */
export function deinterlaced({ fieldOrder, fieldsMarked, pixelFormat }: Fields): Filter[] {
  if (fieldOrder === 'progressive') return [markedProgressive];
  const parity = fieldOrder === 'top' ? 'tff' : 'bff';
  const deint = fieldsMarked ? 'interlaced' : 'all';
  return [...fieldChroma(pixelFormat, fieldsMarked), filter('bwdif', { mode: 'send_frame', parity, deint })];
}

/** One field alone, of half the height: for small pictures, and for frames without neighbours. */
export function oneField({ fieldOrder }: Pick<Fields, 'fieldOrder'>): Filter[] {
  return fieldOrder === 'progressive' ? [] : [filter('field', { type: fieldOrder })];
}

const markedProgressive = filter('setparams', { field_mode: 'prog' });

/** Gives every line its own chroma: in interlaced 4:2:0 a line shares it with the next of its own field. */
function fieldChroma(pixelFormat: string, fieldsMarked: boolean): Filter[] {
  const { name, model, chromaShift } = sampleFormatOf(pixelFormat);
  if (model !== 'yuv' || chromaShift.y === 0) return [];
  const everyLine = name.replace(/4\d\dp/, chromaShift.x === 0 ? '444p' : '422p');
  // ffmpeg's yuvj formats would be brought to limited range on the way to the plain ones
  const range = pixelFormat.startsWith('yuvj') ? { in_range: 'pc', out_range: 'pc' } : {};
  return [filter('scale', { interl: fieldsMarked ? -1 : 1, ...range }), filter('format', { pix_fmts: everyLine })];
}
