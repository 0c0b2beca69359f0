/** The starter pack with every loudness, over longer stretches. */
import './starter.node.test.ts';
