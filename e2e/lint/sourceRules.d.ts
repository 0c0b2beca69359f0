export declare const maxColumns: number;
export declare function importsOf(text: string): string[];
export declare function importCircles(sources: ReadonlyMap<string, string>): string[][];
export declare function wideLines(text: string): number[];
export declare function undocumentedExports(text: string): string[];
