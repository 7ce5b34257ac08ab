import { expect, test } from "vitest";
import { claimFor, randomSecret } from "./claim";
import { consentedTo, keepConsent } from "./consented";
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

test("what was agreed to is remembered, to nothing included", () => {
  const storage = new FakeStorage();
  expect(consentedTo("one", storage)).toBeNull();
  keepConsent("one", ["voice-signals"], storage);
  keepConsent("two", [], storage);
  expect(consentedTo("one", storage)).toEqual(["voice-signals"]);
  expect(consentedTo("two", storage)).toEqual([]);
});

test("where nothing can be kept, consent is asked for again", () => {
  const storage = new FakeStorage({ full: true });
  keepConsent("one", ["voice-signals"], storage);
  expect(consentedTo("one", storage)).toBeNull();
});
