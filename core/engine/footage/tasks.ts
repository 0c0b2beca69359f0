/** What the inference child does with footage; each task's code is in the folder of its name. */
import type { AddResult, AddRun } from './add/addRun.ts';
import type { CutOutResult, CutOutRun } from './cutOut/cutOutRun.ts';
import type { EnhanceResult, EnhanceRun } from './enhance/enhanceRun.ts';
import type { FollowResult, FollowRun } from './follow/followRun.ts';
import type { InterpolateResult, InterpolateRun } from './interpolate/interpolateRun.ts';
import type { JoinResult, JoinRun } from './joins/joinRun.ts';
import type { MatteResult, MatteRun } from './matte/matteRun.ts';
import type { SettleResult, SettleRun } from './looks/settle/settleRun.ts';
import type { SceneResult, SceneRun } from './looks/scene/sceneRun.ts';
import type { OverlaysResult, OverlaysRun } from './overlays/overlaysRun.ts';
import type { PlateRun, PlateResult } from './plate/plateRun.ts';
import type { StageResult, StageRun } from '../stage/stageRun.ts';
import type { SpeechResult, SpeechRun } from './speech/speechRun.ts';
import type { SeenResult, SeenRun } from './seen/seenRun.ts';
import type { SelectResult, SelectRun } from './select/selectRun.ts';
import type { WordsResult, WordsRun } from './words/wordsRun.ts';

/** A task with what it needs; files, not frames, cross to the child. */
export type FootageTask =
  | AddRun
  | CutOutRun
  | EnhanceRun
  | FollowRun
  | InterpolateRun
  | JoinRun
  | MatteRun
  | OverlaysRun
  | PlateRun
  | SceneRun
  | SeenRun
  | SelectRun
  | SettleRun
  | SpeechRun
  | StageRun
  | WordsRun;

/** What became of a task. */
export type FootageTaskResult =
  | AddResult
  | CutOutResult
  | EnhanceResult
  | FollowResult
  | InterpolateResult
  | JoinResult
  | MatteResult
  | OverlaysResult
  | PlateResult
  | SceneResult
  | SeenResult
  | SelectResult
  | SettleResult
  | SpeechResult
  | StageResult
  | WordsResult;
