/** With a pack's graph on WebGPU in the child. */
import './providers.node.test.ts';
