/** The sixty files with every kind of cut. */
import './sample.node.test.ts';
