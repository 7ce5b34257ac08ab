import { expect, test } from "vitest";
import { jobName, matching } from "./jobs";
import type { JobGroupNames } from "./wire.generated";

const GROUPS: JobGroupNames[] = [
  {
    id: "it",
    name: { en: "Information technology", ko: "정보통신" },
    jobs: [
      { id: "big-data", name: { en: "Big data analysis", ko: "빅데이터 분석" } },
      { id: "security", name: { en: "Information security", ko: "정보보호" } },
    ],
  },
  { id: "sales", name: { en: "Sales", ko: "영업판매" }, jobs: [{ id: "general", name: { en: "General sales", ko: "일반영업" } }] },
];
const found = (wanted: string): string[] => matching(GROUPS, wanted).flatMap(({ jobs }) => jobs.map(({ id }) => id));

test.each([
  ["", ["big-data", "security", "general"]],
  ["DATA  big", ["big-data"]],
  ["분석", ["big-data"]],
  ["technology", ["big-data", "security"]],
  ["sales", ["general"]],
  ["pilot", []],
])("%j finds %j", (wanted, ids) => {
  expect(found(wanted)).toEqual(ids);
});

test("a group of which nothing is found is left out", () => {
  expect(matching(GROUPS, "general").map(({ id }) => id)).toEqual(["sales"]);
});

test("a job is called by its name, and by its id where the catalogue does not have it", () => {
  expect(jobName(GROUPS, "security", "ko")).toBe("정보보호");
  expect(jobName(GROUPS, "pilot", "en")).toBe("pilot");
});
