/** The child's entry to the tasks on footage: the code of each is loaded when it is first asked for. */
import type { RunFootageTask } from './footageContext.ts';

/** Runs a task by its name. */
export const runFootageTask: RunFootageTask = async (task, context) => {
  switch (task.task) {
    case 'add':
      return (await import('./add/runAdd.node.ts')).runAdd(task, context);
    case 'interpolate':
      return (await import('./interpolate/interpolate.node.ts')).interpolate(task, context);
    case 'join':
      return (await import('./joins/runJoin.node.ts')).runJoin(task, context);
    case 'follow':
      return (await import('./follow/runFollow.node.ts')).runFollow(task, context);
    case 'matte':
      return (await import('./matte/runMatte.node.ts')).runMatte(task, context);
    case 'seen':
      return (await import('./seen/runSeen.node.ts')).runSeen(task, context);
    case 'select':
      return (await import('./select/runSelect.node.ts')).runSelect(task, context);
    case 'words':
      return (await import('./words/runWords.node.ts')).runWords(task, context);
    case 'cleanSpeech':
      return (await import('./speech/runCleanSpeech.node.ts')).runCleanSpeech(task, context);
    case 'settle':
      return (await import('./looks/settle/runSettle.node.ts')).runSettle(task, context);
    case 'scene':
      return (await import('./looks/scene/runScene.node.ts')).runScene(task, context);
    case 'cutOut':
      return (await import('./cutOut/runCutOut.node.ts')).runCutOut(task, context);
    case 'enhance':
      return (await import('./enhance/runEnhance.node.ts')).runEnhance(task, context);
    case 'overlays':
      return (await import('./overlays/runOverlays.node.ts')).runOverlays(task, context);
    case 'stage':
      return (await import('../stage/runStage.node.ts')).runStage(task, context);
    case 'plate':
      return (await import('./plate/runPlate.node.ts')).runPlate(task, context);
  }
};
