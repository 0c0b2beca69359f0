/** Every sample format. */
import './patchExport.node.test.ts';
