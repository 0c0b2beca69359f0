/**
 * The only module that loads onnxruntime-node. Since 1.29 its Linux and macOS binaries send usage data to Microsoft
 * unless ORT_DISABLE_TELEMETRY is set before the library initialises: they look up a host name and write a device id
 * and a queue of events below the user's cache folder. ES module imports run before the code of the importing file, so
 * the package is loaded by `require`, after the variable is set. A test finds every file that bypasses this one
 * (e2e/lint/onnxRuntime.node.test.ts).
 */
import { createRequire } from 'node:module';
import { telemetryOff } from './telemetryOff.mjs';

Object.assign(process.env, telemetryOff);

const runtime = createRequire(import.meta.url)('onnxruntime-node');

export const { InferenceSession, Tensor, listSupportedBackends } = runtime;
