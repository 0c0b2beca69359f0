/** Every hostile file. */
import './hostileMedia.node.test.ts';
