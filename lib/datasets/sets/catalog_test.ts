import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { datasetHosts, datasetLabels, datasetNames, datasetSource, splitDatasetNames } from "./catalog.ts";
import config from "../../../deno.json" with { type: "json" };

const LABELS: readonly { names: string[]; labels: string[]; taken?: string[] }[] = [
  { names: [], labels: [] },
  { names: ["cifar-10", "folder:/home/me/leaves"], labels: ["cifar-10", "leaves"] },
  { names: ["folder:/a/pics", "folder:/b/pics"], labels: ["a/pics", "b/pics"] },
  { names: ["folder:/a/pics", "folder:/x/a/pics"], labels: ["/a/pics", "x/a/pics"] },
  { names: ["folder:/a/x/pics", "folder:/b/x/pics", "folder:/c/pics"], labels: ["a/x/pics", "b/x/pics", "c/pics"] },
  { names: ["folder:/home/me/mnist"], labels: ["me/mnist"] }, // the named set is another one
  { names: ["folder:/home/me/leaves"], labels: ["me/leaves"], taken: ["leaves"] },
  { names: ["folder:/a", "folder:/b/a"], labels: ["/a", "b/a"] },
  { names: ["folder:/a/pics", "folder:/a/pics"], labels: ["pics", "pics"] }, // one set
  { names: ["folder:/"], labels: ["/"] },
  { names: ["folder:/a,b/pics", "folder:/a/pics"], labels: ["a,b/pics", "a/pics"] },
];

for (const { names, labels, taken } of LABELS) {
  Deno.test(`labels of ${names.join(" and ") || "nothing"}`, () =>
    assertEquals(datasetLabels(names, { taken }), labels));
}

Deno.test("labels of different folders are different, whatever they are called", () => {
  const path = fc.array(fc.constantFrom("a", "b", "pics", "mnist"), { minLength: 1, maxLength: 5 });
  const paths = fc.uniqueArray(path.map((parts) => `folder:/${parts.join("/")}`), { minLength: 2, maxLength: 8 });
  fc.assert(fc.property(paths, (names) => {
    const labels = datasetLabels(["mnist", ...names], { taken: ["pics"] });
    assertEquals(new Set(labels).size, 1 + names.length);
    assertEquals(labels.includes("pics"), false);
  }));
});

Deno.test("Beans is normalised by the mean and the deviation of its training files", () => {
  // measured on all pixels of the 1,034 published files
  const { mean, std } = datasetSource("beans").facts;
  assertEquals([mean, std], [[.4851, .5184, .3118], [.2110, .2228, .2010]]);
});

Deno.test("each set is a file of its own, and its facts fit together", async () => {
  const shared = ["catalog", "cifar", "cifar_pickle", "idx", "idx_source"];
  const files = await Array.fromAsync(Deno.readDir(new URL(".", import.meta.url)), ({ name }) => name);
  const names = files.filter((name) => !name.endsWith("_test.ts")).map((name) => name.replace(".ts", ""));
  assertEquals(
    names.filter((name) => !shared.includes(name)).sort(),
    datasetNames.map((name) => name.replaceAll("-", "_")).sort(),
  );
  for (const name of datasetNames) {
    const { facts, hosts } = datasetSource(name);
    assertEquals([facts.name, new Set(facts.classes).size], [name, facts.classes.length]);
    assertEquals(facts.mean?.length ?? facts.channels, facts.channels, name);
    assertEquals(facts.std?.length ?? facts.channels, facts.channels, name);
    assertEquals(hosts.length === 0, facts.byHand === true, name);
  }
});

Deno.test("tasks that fetch data sets may reach the hosts of all of them, and no others", () => {
  const { search, data, setup } = config.permissions;
  assertEquals(datasetHosts().length > datasetNames.length / 2, true);
  for (const { net } of [search, data]) assertEquals([...net].sort(), datasetHosts());
  assertEquals([...setup.net].sort(), datasetHosts(["fashion-mnist"]));
});

const LISTS: readonly { text: string; names: string[] }[] = [
  { text: "mnist", names: ["mnist"] },
  { text: "mnist, beans", names: ["mnist", "beans"] },
  { text: "folder:/a,b/pics", names: ["folder:/a,b/pics"] },
  { text: "folder:/a, b/pics", names: ["folder:/a, b/pics"] },
  { text: "mnist,folder:a,b,c,beans", names: ["mnist", "folder:a,b,c", "beans"] },
  { text: "folder:a,b,folder:c,d", names: ["folder:a,b", "folder:c,d"] },
  { text: "mnist,bans", names: ["mnist", "bans"] }, // refused afterwards, as it is no name
  { text: "", names: [] },
];

for (const { text, names } of LISTS) {
  Deno.test(`names in "${text}"`, () => assertEquals(splitDatasetNames(text), names));
}
