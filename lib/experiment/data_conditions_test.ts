import { assertEquals } from "@std/assert";
import { dataConditions, dataRecord } from "./data_conditions.ts";

for (
  const { summary, record } of [
    { summary: { digest: "00" }, record: { edition: null, split: null } },
    { summary: { digest: "00", edition: "JPEG" }, record: { edition: "JPEG", split: null } },
    { summary: { digest: "00", split: "group" as const }, record: { edition: null, split: "group" } },
  ]
) {
  Deno.test(`what trials record of their data is told again: ${JSON.stringify(summary)}`, () => {
    const conditions = dataConditions(summary);
    assertEquals(conditions.dataDigest, "00");
    assertEquals(dataRecord({ dataset: "beans", ...conditions }), { dataset: "beans", ...record });
  });
}
