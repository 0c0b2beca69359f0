export const telemetryOff: Readonly<Record<'ORT_DISABLE_TELEMETRY', string>>;
