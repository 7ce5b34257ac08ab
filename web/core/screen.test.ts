import { beforeEach, expect, test, vi } from "vitest";
import { seatWith, sightWith, viewWith } from "./fakes/views";
import { type Load, RecentSignals } from "./recent-signals";
import { Screen } from "./screen";
import type { LiveSight } from "./wire.generated";

const VIEW = viewWith({ participants: { a: seatWith({ sight: { "9": sightWith({}) } }) } });
const load = vi.fn<Load>(() => Promise.reject(new Error("nothing is recorded")));
const LIVE: LiveSight = {
  type: "live-sight",
  participant: "a",
  at_us: 1_000_000,
  media_time: 90_000,
  face: true,
  confidence: 0.9,
  box: [0, 0, 1, 1],
  pose: [1, 2, 3],
  gaze: null,
  toward_screen: null,
};
let screen: Screen;

beforeEach(() => {
  load.mockClear();
  screen = new Screen("ws://here/", { token: "t", claim: "c" }, new RecentSignals(load));
});

test("changes that follow one another are applied to the snapshot", () => {
  screen.take({ type: "snapshot", position: 5, view: VIEW });
  screen.take({ type: "change", after: 5, position: 7, patch: { title: "Analyst" } });
  screen.take({ type: "change", after: 7, position: 8, patch: { status: "ended", ended_at_us: 9 } });
  expect(screen.view.value).toEqual({ ...VIEW, title: "Analyst", status: "ended", ended_at_us: 9 });
});

test("a change that does not follow is dropped, and the next snapshot makes all true again", () => {
  screen.take({ type: "snapshot", position: 5, view: VIEW });
  screen.take({ type: "change", after: 6, position: 7, patch: { title: "Analyst" } });
  expect(screen.view.value).toEqual(VIEW);
  screen.take({ type: "snapshot", position: 9, view: { ...VIEW, title: "Architect" } });
  screen.take({ type: "change", after: 9, position: 10, patch: { status: "ended" } });
  expect(screen.view.value).toEqual({ ...VIEW, title: "Architect", status: "ended" });
});

test("a change before any snapshot changes nothing", () => {
  screen.take({ type: "change", after: 0, position: 1, patch: { title: "Analyst" } });
  expect(screen.view.value).toBeNull();
});

test("of live signals the newest of each participant is kept, and the view is not touched", () => {
  screen.take({ type: "snapshot", position: 5, view: VIEW });
  screen.take(LIVE);
  screen.take({ ...LIVE, participant: "b" });
  screen.take({ ...LIVE, at_us: 2_000_000 });
  expect([...screen.live.value.values()].map(({ participant, at_us }) => [participant, at_us])).toEqual([
    ["a", 2_000_000],
    ["b", 1_000_000],
  ]);
  expect(screen.view.value).toEqual(VIEW);
});

test("with each snapshot, and with no change, it is asked what was recorded before", () => {
  screen.take({ type: "snapshot", position: 5, view: VIEW });
  screen.take({ type: "change", after: 5, position: 7, patch: { title: "Analyst" } });
  expect(load.mock.calls).toEqual([[0, 9, null]]);
  screen.take({ type: "snapshot", position: 9, view: VIEW });
  expect(load).toHaveBeenCalledTimes(2);
  expect(Object.keys(screen.recent.participants.value.get("a")?.sight ?? {})).toEqual(["9"]);
});
