/** Environment of every process that may load onnxruntime: its own telemetry stays off (see onnxRuntime.mjs). */
export const telemetryOff = Object.freeze({ ORT_DISABLE_TELEMETRY: '1' });
