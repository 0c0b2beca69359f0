/** Every container, change and speed. */
import './soundPlaces.node.test.ts';
