/** Number of files being imported, for the status bar. */
import { create } from 'zustand';

/** Number of files being imported. */
export const useImporting = create<{ count: number }>()(() => ({ count: 0 }));

/** Counts `count` files as being imported until `work` settles. */
export async function whileImporting<T>(count: number, work: Promise<T>): Promise<T> {
  useImporting.setState((state) => ({ count: state.count + count }));
  try {
    return await work;
  } finally {
    useImporting.setState((state) => ({ count: state.count - count }));
  }
}
