/** What is dragged onto the lanes: things of the bin (pragmatic-drag-and-drop) and files from the desktop. */
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { dropTargetForExternal } from '@atlaskit/pragmatic-drag-and-drop/external/adapter';
import { containsFiles, getFiles } from '@atlaskit/pragmatic-drag-and-drop/external/file';
import { preventUnhandled } from '@atlaskit/pragmatic-drag-and-drop/prevent-unhandled';
import { useEffect, type RefObject } from 'react';
import { FailureError } from '../../../../core/contract/errors.ts';
import { migrateRequest } from '../../../../core/actions/migrateRequest.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { engine } from '../../../services/connection.ts';
import { readDragData, type DragData } from '../../../services/dragData.ts';
import { start } from '../../../services/errors.ts';
import { importFiles } from '../../../services/imports.ts';
import { useEditor } from '../../../services/store.ts';
import type { Pointer } from '../gestures/gesture.ts';
import { useTimelineView } from '../view/timelineView.ts';
import { currentWorld } from '../view/world.ts';
import { planDrop, planFilesDrop, planTakeDrop, type DropPlan } from './dropPlan.ts';
import { runDrop } from './runDrop.ts';
import { planFiles } from './planFiles.ts';

/** What both of the library's inputs have in common. */
interface Input {
  readonly clientX: number;
  readonly clientY: number;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

function pointerOf(element: HTMLElement, input: Input): Pointer {
  const box = element.getBoundingClientRect();
  return {
    xPx: input.clientX - box.left,
    yPx: input.clientY - box.top + useTimelineView.getState().laneScrollPx,
    shift: input.shiftKey,
    alt: input.altKey,
    ctrl: input.ctrlKey || input.metaKey,
  };
}

function show(plan: DropPlan | null): void {
  if (plan === null) return useTimelineView.setState({ drop: null });
  const { refused } = plan.preview;
  useTimelineView.setState({
    drop: { ...plan.preview, refused: refused === null ? null : i18n.t(`timeline:dropRefused.${refused}`) },
  });
}

const clear = () => useTimelineView.setState({ drop: null });

async function dropTake(takeId: string, plan: DropPlan): Promise<void> {
  const { projectId } = useEditor.getState();
  if (projectId === null || plan.preview.refused !== null) return;
  const recipe = await engine().call('takes.recipe', { projectId, takeId });
  const request = migrateRequest(recipe['request']);
  if (!request) throw new FailureError('damaged', `The recipe of take ${takeId} holds no request.`);
  const world = currentWorld();
  const take = world?.document.takes[takeId];
  const command = world === null || take === undefined ? null : planTakeDrop(world, take, request, plan);
  if (command !== null) runDrop({ command });
}

/** `shown`: where the drop showed them; importing takes its time, and the view may be another one by then. */
async function dropFiles(files: readonly File[], shown: DropPlan | null): Promise<void> {
  const items = await importFiles(files);
  const world = currentWorld();
  const plan = world && shown && planFilesDrop(world, items, shown);
  if (plan) runDrop(plan);
}

/** Makes an element accept clips of the bin and files from the desktop. */
export function useDropTargets(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const editable = () => useEditor.getState().document !== null && !useEditor.getState().readOnly;
    const planAt = (data: DragData, input: Input): DropPlan | null => {
      const world = currentWorld();
      return world === null ? null : planDrop(world, data, pointerOf(element, input));
    };
    const filesAt = (input: Input): DropPlan | null => {
      const world = currentWorld();
      if (world === null) return null;
      return planFiles(world, pointerOf(element, input), i18n.t('timeline:dropFiles', { count: 1 }));
    };
    const stopElements = dropTargetForElements({
      element,
      canDrop: ({ source }) => editable() && readDragData(source.data) !== null,
      onDrag: ({ source, location }) => show(planAt(readDragData(source.data)!, location.current.input)),
      onDragLeave: clear,
      onDrop: ({ source, location }) => {
        const data = readDragData(source.data)!;
        const plan = planAt(data, location.current.input);
        clear();
        if (plan === null) return;
        if (data.type === 'framewright-take') start(dropTake(data.takeId, plan));
        else runDrop(plan);
      },
    });
    const stopFiles = dropTargetForExternal({
      element,
      canDrop: ({ source }) => editable() && containsFiles({ source }),
      onDragEnter: () => preventUnhandled.start(),
      onDrag: ({ location }) => show(filesAt(location.current.input)),
      onDragLeave: clear,
      onDrop: ({ source, location }) => {
        clear();
        preventUnhandled.stop();
        start(dropFiles(getFiles({ source }), filesAt(location.current.input)));
      },
    });
    return () => {
      stopElements();
      stopFiles();
    };
  }, [ref]);
}
