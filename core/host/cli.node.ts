#!/usr/bin/env node
/** The command line: the same engine, no window. Exit codes: 0 done, 2 usage, 3 bad input, 4 failed, 130 cancelled. */
import { runProgram } from './program.node.ts';

process.exitCode = await runProgram(process.argv.slice(2));
