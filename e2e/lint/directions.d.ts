export declare const mayImport: Readonly<Record<string, readonly string[]>>;
export declare function layerOf(path: string): string | null;
export declare function runsInNode(path: string): boolean;
export declare function judgeImport(imported: {
  readonly from: string;
  readonly specifier: string;
  readonly typeOnly?: boolean;
}): string | null;
