import { expect, test } from "vitest";
import { hostHash, readHash, replayHash, seatOf } from "./link";

/** As `api/link.py` issued them: the first was shorter compressed, the second was not. */
const COMPRESSED = ".eJyLVjIgAJR0lAwJAKCSxIKCnMzkxLwSpVgAofwRuQ.awV7Vw.bAK0S-39AFO4NtrJhpbV52fb87pdg3QX-VuX3v-42xU";
const PLAIN =
  "WyIwMThmM2EyYjRjNWQ2ZTdmODA5MWEyYjNjNGQ1ZTZmNyIsImE3YjFjOWQzZTVmNjA3MTgyOTNhNGI1YzZkN2U4ZjkwIiwiaW50ZXJ2aWV3ZXIiXQ" +
  ".awV7Vw.f4RQAT5YnihpV8S2-z4-Nx7kpvE5gqowHLqqAnNJm5o";

test("the seat of a compressed token", async () => {
  expect(await seatOf(COMPRESSED)).toEqual({
    interview: "0".repeat(32),
    participant: "1".repeat(32),
    role: "applicant",
  });
});

test("the seat of a plain token", async () => {
  expect(await seatOf(PLAIN)).toEqual({
    interview: "018f3a2b4c5d6e7f8091a2b3c4d5e6f7",
    participant: "a7b1c9d3e5f60718293a4b5c6d7e8f90",
    role: "interviewer",
  });
});

test.each(["", ".", "x", "!!!.a.b", COMPRESSED.slice(0, 20), PLAIN.slice(4), "WzEsMiwzXQ.a.b", "e30.a.b"])(
  "%j is no token",
  async (token) => {
    expect(await seatOf(token)).toBeNull();
  },
);

test("what stands behind the # of an address", () => {
  expect(readHash("#link=a.b-c_d")).toMatchObject({ link: "a.b-c_d", key: null });
  expect(readHash("#key=secret")).toMatchObject({ link: null, key: "secret" });
  expect(readHash("")).toMatchObject({ link: null, key: null });
});

test("the host's addresses say what they are for", () => {
  expect(readHash(hostHash("a&b", "i"))).toMatchObject({ key: "a&b", interview: "i", replay: null });
  expect(readHash(replayHash("a&b", "i"))).toMatchObject({ key: "a&b", interview: null, replay: "i" });
});
