/**
 * The only door to onnxruntime-node. Since 1.29 its Linux and macOS binaries send usage data to Microsoft unless
 * ORT_DISABLE_TELEMETRY is set before the library initialises: a host name is looked up, and a device id and a queue of
 * events are written below the user's cache folder. ES module imports run before the code of the file that holds them,
 * so the package is loaded by `require`, after the variable is set. A test finds every file that goes around this one
 * (e2e/lint/onnxRuntime.node.test.ts).
 */
import { createRequire } from 'node:module';
import { telemetryOff } from './telemetryOff.mjs';

Object.assign(process.env, telemetryOff);

const runtime = createRequire(import.meta.url)('onnxruntime-node');

export const { InferenceSession, Tensor, listSupportedBackends } = runtime;
