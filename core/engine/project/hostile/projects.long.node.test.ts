/** Every hostile project instead of every fourth. */
import './projects.node.test.ts';
