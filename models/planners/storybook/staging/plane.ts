/** Turns a scene into the transformer's input `figures`. */
import type { VideoFamily } from '../../../families/pack.ts';
import type { PipelineContext, Tensor } from '../../../families/pipeline.ts';
import { required } from '../../../families/video/latents.ts';
import type { Window } from '../../../families/video/windows.ts';
import { cameraAt, cameraLength, cameras } from './camera.ts';
import { momentsOf, placementAt, placementLength } from './placement.ts';
import type { Scene } from './scene.ts';
import { placeInTrack } from './tracks.ts';

const still = cameras['still']!;

/**
 * A window's input `figures`, f32[1, channels, T, h, w]: the parts of figures that fall on each cell and, for planes
 * with that input, the camera's view. Both count the frames of the request, so that all windows agree.
 */
export async function figurePlane(
  scene: Scene,
  window: Window,
  totalFrames: number,
  family: VideoFamily,
  context: PipelineContext,
): Promise<Tensor> {
  const session = await context.pack.session(family.figures!.plane);
  const takesCamera = session.inputNames.includes('camera');
  if (scene.figures.length === 0 && !takesCamera) return noFigures(family, window.count);
  const duration = totalFrames / family.fps;
  const layout = layoutIn(scene, window, duration, family);
  const outputs = await session.run({
    layout: { type: 'float32', data: layout, dims: [1, window.count, scene.slots, 2, placementLength] },
    textures: scene.textures,
    ...(takesCamera && {
      camera: {
        type: 'float32',
        data: cameraIn(scene, window, duration, family),
        dims: [1, window.count, 2, cameraLength],
      },
    }),
  });
  return required(outputs, 'figures');
}

/** The plane's input `layout`, f32[T, slots, 2, 10]. */
function layoutIn(scene: Scene, { start, count }: Window, duration: number, family: VideoFamily): Float32Array {
  const aspect = family.width / family.height;
  const layout = new Float32Array(count * scene.slots * 2 * placementLength);
  const first = scene.regions?.find((region) => region !== null) ?? null;
  for (let k = 0; k < count; k += 1) {
    scene.figures.forEach((figure, slot) => {
      momentsOf(start + k).forEach((frame, which) => {
        const region = scene.regions?.[Math.min(frame, scene.regions.length - 1)] ?? null;
        if (scene.regions && !region) return;
        const at = ((k * scene.slots + slot) * 2 + which) * placementLength;
        const track = scene.tracks[slot];
        if (track) {
          const { x, foot } = placeInTrack(track, frame);
          layout.set(placementAt({ ...figure, x, foot }, 0, duration, still, aspect), at);
          return;
        }
        // A mask that moves carries the figure along.
        const offset =
          first && region
            ? { x: (region.left + region.right - first.left - first.right) / 2, y: region.bottom - first.bottom }
            : { x: 0, y: 0 };
        layout.set(placementAt(figure, frame / family.fps, duration, first ? still : scene.camera, aspect, offset), at);
      });
    });
  }
  return layout;
}

/** The plane's input `camera`, f32[T, 2, 5]; zeros if the camera's view is unknown. */
function cameraIn(scene: Scene, { start, count }: Window, duration: number, family: VideoFamily): Float32Array {
  const camera = new Float32Array(count * 2 * cameraLength);
  if (!scene.tellsCamera) return camera;
  for (let k = 0; k < count; k += 1) {
    momentsOf(start + k).forEach((frame, which) =>
      camera.set(cameraAt(scene.camera, frame / family.fps, duration), (k * 2 + which) * cameraLength),
    );
  }
  return camera;
}

function noFigures(family: VideoFamily, latents: number): Tensor {
  const dims = [1, family.figures!.channels, latents, family.height / 8, family.width / 8];
  return { type: 'float32', data: new Float32Array(dims.reduce((a, b) => a * b)), dims };
}
