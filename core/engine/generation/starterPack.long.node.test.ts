/** The starter pack with films where `npm test` is content with pictures. */
import './starterPack.node.test.ts';
