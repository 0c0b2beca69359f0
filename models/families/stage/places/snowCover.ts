/** A place under fresh snow: what it is made of, with snow on it. */
import { fromHex, mixRgb, type Rgb } from '../colour.ts';
import { outdoors, type Place, type PlaceGround, type PlaceLayer } from './place.ts';

const dark = fromHex('#CFDBEE');
const middle = fromHex('#E6EEFA');
const light = fromHex('#FFFFFF');

/** The place with snow on its land; places without green land stay as they are. */
export function underSnow(place: Place, seed: number): Place {
  const ground = place.ground(seed);
  if (place.light !== outdoors || !isGreen(ground)) return place;
  // green haze belongs to green leaves
  const { tinted: _green, ...bare } = place;
  return {
    ...bare,
    layers: (chance) => place.layers(chance).map(layerUnderSnow),
    ground: () => groundUnderSnow(ground),
    ...(place.tufts && { tufts: { grass: Math.round(place.tufts.grass / 2), flowers: 0 } }),
  };
}

type Patches = Extract<PlaceGround, { kind: 'patches' }>;

function isGreen(ground: PlaceGround): ground is Patches {
  if (ground?.kind !== 'patches') return false;
  const [r, g, b] = ground.colours[1]!;
  return g > 0.86 * r && g > 1.25 * b;
}

function groundUnderSnow(ground: Patches): Patches {
  const path = ground.path && { ...ground.path, colours: ground.path.colours.map((colour) => covered(colour, 0.5)) };
  return { ...ground, colours: [dark, middle, light], ...(path && { path }) };
}

function layerUnderSnow(layer: PlaceLayer): PlaceLayer {
  switch (layer.kind) {
    case 'mountains':
      return { ...layer, snow: Math.max(layer.snow, 1) };
    case 'hills':
      return { ...layer, colours: [dark, middle, light].map((snow, at) => mixRgb(snow, layer.colours[at]!, 0.16)) };
    case 'trees':
      return {
        ...layer,
        snow: 0.9,
        colours: [covered(layer.colours[0], 0.14), covered(layer.colours[1], 0.46), covered(layer.colours[2], 1)],
      };
    case 'buildings':
    case 'wall':
      return layer;
  }
}

const covered = (colour: Rgb, share: number): Rgb => mixRgb(colour, light, share);
