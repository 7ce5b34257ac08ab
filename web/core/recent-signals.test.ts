import { expect, test, vi } from "vitest";
import { prosodyWith, seatWith, sightWith, viewWith } from "./fakes/views";
import { RecentSignals, type Load, NO_SIGNALS } from "./recent-signals";
import { WINDOW_SECONDS } from "./series";
import type { ParticipantView, SightSecond, SignalsResponse } from "./wire.generated";

const sights = (first: number, last: number, yaw = 0): Record<string, SightSecond> =>
  Object.fromEntries(
    Array.from({ length: last - first + 1 }, (_, index) => [String(first + index), sightWith({ yaw })]),
  );
const view = (seat: Partial<ParticipantView>) => viewWith({ participants: { a: seatWith(seat) } });
const nothing: Load = () => Promise.resolve(answer({}));

function answer(sight: Record<string, SightSecond>, participant = "a"): SignalsResponse {
  return { from_second: 0, to_second: 0, participants: { [participant]: { ...NO_SIGNALS, sight } } };
}

function seen(recent: RecentSignals): number[] {
  return Object.keys(recent.participants.value.get("a")?.sight ?? {}).map(Number);
}

test("what views showed one after another is kept, each second once", () => {
  const recent = new RecentSignals(nothing);
  recent.show(view({ sight: sights(1, 10) }));
  recent.show(view({ sight: sights(3, 12, 5) }));
  expect(seen(recent)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  const kept = recent.participants.value.get("a");
  expect([kept?.sight["2"]?.yaw, kept?.sight["3"]?.yaw]).toEqual([0, 5]);
});

test("what is older than two minutes goes, by the newest second of any modality", () => {
  const recent = new RecentSignals(nothing);
  recent.show(view({ sight: sights(0, 9) }));
  recent.show(view({ sight: sights(0, 9), prosody: { [WINDOW_SECONDS + 4]: prosodyWith({}) } }));
  expect(seen(recent)).toEqual([5, 6, 7, 8, 9]);
});

test("going back in a replay shows nothing that came later", () => {
  const recent = new RecentSignals(nothing);
  recent.show(view({ sight: sights(1, 60) }));
  recent.show(view({ sight: sights(21, 30) }));
  expect(seen(recent).at(-1)).toBe(30);
  recent.show(view({}));
  expect(seen(recent)).toEqual([]);
});

test("two minutes are asked for, and filled in behind what was shown since", async () => {
  const load = vi.fn<Load>().mockResolvedValue(answer(sights(90, 205, 7)));
  const recent = new RecentSignals(load);
  recent.show(view({ sight: sights(191, 200) }));
  const asked = recent.ask(null);
  recent.show(view({ sight: sights(192, 201) }));
  await asked;
  expect(load).toHaveBeenCalledWith(81, 200, null);
  expect([seen(recent)[0], seen(recent).at(-1)]).toEqual([90, 201]);
  const kept = recent.participants.value.get("a");
  expect([kept?.sight["190"]?.yaw, kept?.sight["195"]?.yaw]).toEqual([7, 0]);
});

test("an answer that a newer question has overtaken is dropped, and one that never comes changes nothing", async () => {
  let late: (found: SignalsResponse) => void = () => undefined;
  const load = vi
    .fn<Load>()
    .mockReturnValueOnce(new Promise((resolve) => (late = resolve)))
    .mockRejectedValueOnce(new Error("no answer"));
  const recent = new RecentSignals(load);
  recent.show(view({ sight: sights(50, 50) }));
  const first = recent.ask(null);
  await recent.ask(1_000_000);
  late(answer(sights(40, 49)));
  await first;
  expect(seen(recent)).toEqual([50]);
});

test("nothing is asked for where nothing is recorded, and nobody is kept who is not in the view", async () => {
  const load = vi.fn<Load>().mockResolvedValue(answer(sights(1, 1), "b"));
  const recent = new RecentSignals(load);
  recent.show(view({}));
  await recent.ask(null);
  expect(load).not.toHaveBeenCalled();
  recent.show(view({ sight: sights(1, 1) }));
  await recent.ask(null);
  expect([...recent.participants.value.keys()]).toEqual(["a"]);
  recent.show(viewWith({}));
  expect(recent.participants.value.size).toBe(0);
});
