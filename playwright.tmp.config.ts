import base from './playwright.config.ts';
const v = process.env.V ?? '';
export default {
  ...base,
  use: {
    ...base.use,
    trace: v.includes('t') ? 'off' : 'retain-on-failure',
    contextOptions: v.includes('m') ? { reducedMotion: 'reduce' } : {},
    launchOptions: {
      ...base.use!.launchOptions,
      args: [
        ...base.use!.launchOptions!.args!,
        ...(v.includes('g') ? ['--disable-gpu'] : []),
        ...(v.includes('r') ? ['--disable-gpu-compositing'] : []),
      ],
    },
  },
} as typeof base;
