/** With each field first. */
import './interlaced.node.test.ts';
