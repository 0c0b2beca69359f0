/** Every loudness that stems made apart are given. */
import './share.test.ts';
