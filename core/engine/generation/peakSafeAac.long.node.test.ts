/** Under each kind of picture. */
import './peakSafeAac.node.test.ts';
