import { type MockInstance, beforeEach, expect, test, vi } from "vitest";
import { Agreement } from "./agreement";
import { Api } from "./api";
import { ProblemError } from "./problem";
import type { Purpose } from "./purposes";
import type { ConsentText } from "./wire.generated";

const TEXT: ConsentText = {
  version: "1",
  language: "ko",
  sentence: "",
  items: [
    { purpose: "visual-signals", sentence: "", needs: null },
    { purpose: "facial-expression", sentence: "", needs: "visual-signals" },
    { purpose: "voice-signals", sentence: "", needs: null },
  ],
};
const ALL: Purpose[] = ["visual-signals", "facial-expression", "voice-signals"];
let api: Api;
let withdraw: MockInstance<Api["withdraw"]>;
let consent: MockInstance<Api["consent"]>;
let agreement: Agreement;

beforeEach(() => {
  api = new Api();
  withdraw = vi.spyOn(api, "withdraw").mockResolvedValue();
  consent = vi.spyOn(api, "consent").mockResolvedValue();
  agreement = new Agreement({ token: "t", claim: "c" }, ALL, api);
});

test("what is taken back holds before the server is told, with all that needs it", async () => {
  const order: string[] = [];
  agreement.purposes.subscribe(() => order.push("here"));
  withdraw.mockImplementation(() => {
    order.push("told");
    return Promise.resolve();
  });
  await agreement.withdraw(TEXT, "visual-signals");
  expect(order).toEqual(["here", "told"]);
  expect(agreement.purposes.value).toEqual(["voice-signals"]);
  expect(withdraw).toHaveBeenCalledWith({ token: "t", claim: "c", purposes: ["visual-signals", "facial-expression"] });
});

test("what could not be told stays taken back here", async () => {
  withdraw.mockRejectedValue(ProblemError.unreachable());
  await expect(agreement.withdraw(TEXT, "voice-signals")).rejects.toBeInstanceOf(ProblemError);
  agreement.told(ALL);
  expect(agreement.purposes.value).toEqual(["visual-signals", "facial-expression"]);
});

test("what is given holds once the server knows", async () => {
  agreement = new Agreement({ token: "t", claim: "c" }, [], api);
  consent.mockRejectedValueOnce(ProblemError.unreachable());
  await expect(agreement.give(TEXT, "voice-signals")).rejects.toBeInstanceOf(ProblemError);
  expect(agreement.purposes.value).toEqual([]);
  await agreement.give(TEXT, "voice-signals");
  expect(agreement.purposes.value).toEqual(["voice-signals"]);
  expect(consent).toHaveBeenLastCalledWith({
    token: "t",
    claim: "c",
    text_version: "1",
    language: "ko",
    purposes: ["voice-signals"],
  });
});

test("what the server says is followed, whoever changed it", () => {
  agreement.told(["voice-signals"]);
  expect(agreement.purposes.value).toEqual(["voice-signals"]);
  agreement.told(ALL);
  expect(agreement.purposes.value).toEqual(ALL);
});

test("what the server said before it heard of a withdrawal brings nothing back", async () => {
  await agreement.withdraw(TEXT, "voice-signals");
  agreement.told(ALL);
  expect(agreement.purposes.value).not.toContain("voice-signals");
  agreement.told(["visual-signals", "facial-expression"]);
  agreement.told(ALL);
  expect(agreement.purposes.value).toEqual(ALL);
});

test("the same purposes in another order are no change", () => {
  const changed = vi.fn();
  agreement.purposes.subscribe(changed);
  agreement.told([...ALL].reverse());
  expect(changed).not.toHaveBeenCalled();
});

test("after a broken line the server is asked; where it does not answer, what is known holds", async () => {
  const join = vi.spyOn(api, "join").mockRejectedValueOnce(ProblemError.unreachable());
  await agreement.refresh();
  expect(agreement.purposes.value).toEqual(ALL);
  join.mockResolvedValueOnce({ purposes: [] as Purpose[] } as Awaited<ReturnType<Api["join"]>>);
  await agreement.refresh();
  expect(agreement.purposes.value).toEqual([]);
});
