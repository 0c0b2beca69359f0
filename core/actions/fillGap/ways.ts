/**
 * How two shots are bridged. blend: a dissolve while one camera motion turns into the other. whip: a pan so fast that
 * both blur. zoom: into the first, out of the second. morph: frames in between, where the two are alike.
 */
export const bridgeWays = ['blend', 'whip', 'zoom', 'morph'] as const;
export type BridgeWay = (typeof bridgeWays)[number];

/** The way of requests that name none. */
export const usualBridge: BridgeWay = 'blend';
