export declare function ffmpegByHand(path: string, text: string): string[];
