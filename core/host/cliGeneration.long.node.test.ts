/** Every action. */
import './cliGeneration.node.test.ts';
