import { degrees, percent, plain } from "../core/format";
import { type Traced, contour, each, loudness, pauses } from "../core/traces";
import type { Scale } from "./plot";

export type GroupName = "face" | "body" | "voice";

/** One plot: the signal it shows by its name in the sheet. */
export interface PlotRow {
  name: string;
  traced: Traced;
  scale: Scale;
  /** Whether values stand for themselves, rather than for points of a line. */
  marks?: boolean;
}

const digits =
  (count: number): ((value: number) => string) =>
  (value) =>
    plain(value, count);

const ANGLE: Scale = { low: -60, high: 60, marks: [-45, 0, 45], say: degrees };
const LEAN: Scale = { low: -30, high: 30, marks: [-20, 0, 20], say: degrees };
const SHARE: Scale = { low: 0, high: 1, marks: [0, 1], say: percent };
const OPENNESS: Scale = { low: 0, high: 1.5, marks: [0, 1], say: digits(1) };
const PER_MINUTE: Scale = { low: 0, high: 60, marks: [0, 30, 60], say: digits(0) };
const DISTANCE: Scale = { low: 0.5, high: 1.5, marks: [0.5, 1, 1.5], say: digits(1) };
const SPEED: Scale = { low: 0, high: 1, marks: [0, 0.5, 1], say: digits(1) };
const SMALL: Scale = { low: 0, high: 3, marks: [0, 1, 2, 3], say: digits(0) };
const PITCH: Scale = { low: 60, high: 400, marks: [100, 200, 300, 400], say: digits(0) };
const LOUDNESS: Scale = { low: -60, high: 0, marks: [-60, -30, 0], say: digits(0) };
const RATE: Scale = { low: 0, high: 8, marks: [0, 4, 8], say: digits(1) };
const PAUSE: Scale = { low: 0, high: 5, marks: [0, 2.5, 5], say: digits(1) };
const RATIO: Scale = { low: -5, high: 30, marks: [0, 15, 30], say: digits(0) };

/** What is plotted, in the order in which it is shown. */
export const PLOTS: Record<GroupName, readonly PlotRow[]> = {
  face: [
    { name: "yaw", traced: each("sight", ({ yaw }) => yaw), scale: ANGLE },
    { name: "toward_screen", traced: each("sight", ({ toward_screen }) => toward_screen), scale: SHARE },
    { name: "eye_openness", traced: each("sight", ({ eye_openness }) => eye_openness), scale: OPENNESS },
    { name: "blink_rate", traced: each("sight", ({ blink_rate }) => blink_rate), scale: PER_MINUTE },
    { name: "mouth_moves", traced: each("sight", ({ mouth_moves }) => mouth_moves), scale: SHARE },
  ],
  body: [
    { name: "distance", traced: each("posture", ({ distance }) => distance), scale: DISTANCE },
    { name: "head_lean", traced: each("posture", ({ head_lean }) => head_lean), scale: LEAN },
    { name: "torso_movement", traced: each("posture", ({ torso_movement }) => torso_movement), scale: SPEED },
    { name: "fidgeting", traced: each("posture", ({ fidgeting }) => fidgeting), scale: SMALL },
    { name: "at_face", traced: each("hands", ({ at_face }) => at_face), scale: SHARE, marks: true },
    { name: "gesture_rate", traced: each("hands", ({ gesture_rate }) => gesture_rate), scale: PER_MINUTE },
  ],
  voice: [
    { name: "pitch", traced: contour, scale: PITCH },
    { name: "loudness", traced: loudness, scale: LOUDNESS },
    { name: "rate", traced: each("prosody", ({ rate }) => rate), scale: RATE },
    { name: "pauses", traced: pauses, scale: PAUSE, marks: true },
    { name: "harmonicity", traced: each("prosody", ({ harmonicity }) => harmonicity), scale: RATIO },
  ],
};
