/** Every format of stills. */
import './stills.node.test.ts';
