/** What is dragged from the bin to the timeline or a picture slot: the data of pragmatic-drag-and-drop's elements. */
import type { MediaReference } from '../../core/document/schema.ts';

export type DragData =
  | { readonly type: 'framewright-media'; readonly mediaIds: readonly string[] }
  | { readonly type: 'framewright-take'; readonly takeId: string }
  | { readonly type: 'framewright-title'; readonly title: Extract<MediaReference, { kind: 'title' }> }
  | { readonly type: 'framewright-transition'; readonly durationTicks: number };

/** Wraps drag data for pragmatic-drag-and-drop. */
export function dragData(data: DragData): Record<string, unknown> {
  return { ...data };
}

/** null when something else is dragged. */
export function readDragData(data: Record<string | symbol, unknown>): DragData | null {
  switch (data['type']) {
    case 'framewright-media':
    case 'framewright-take':
    case 'framewright-title':
    case 'framewright-transition':
      return data as unknown as DragData;
    default:
      return null;
  }
}
