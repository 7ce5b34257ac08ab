import { expect, test } from "vitest";
import { claimFor, randomSecret } from "./claim";
import { FakeStorage } from "./fakes/storage";

test("a participant's claim is made once and then kept", () => {
  const storage = new FakeStorage();
  const first = claimFor("one", storage);
  expect(claimFor("one", storage)).toBe(first);
  expect(claimFor("two", storage)).not.toBe(first);
});

test("a claim is what the server takes: 256 bits, without characters that an address would change", () => {
  expect(randomSecret()).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test("where nothing can be kept, a claim lasts as long as the page", () => {
  const storage = new FakeStorage({ full: true });
  const claim = claimFor("one", storage);
  expect(claim).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(claimFor("one", storage)).toBe(claim);
  expect(claimFor("two", storage)).not.toBe(claim);
});
