/**
 * The data sets by name. Adding one is a file beside this one and an entry here.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { didYouMean } from "../../closest.ts";
import { UserError } from "../../user_error.ts";
import { beans } from "./beans.ts";
import { cifar10 } from "./cifar_10.ts";
import { colorectalHistology } from "./colorectal_histology.ts";
import { cottonWeedId15 } from "./cotton_weed_id15.ts";
import type { DatasetSource } from "../dataset.ts";
import { fashionMnist } from "./fashion_mnist.ts";
import { FOLDER_PREFIX, folderSource } from "../pictures/folder_source.ts";
import { imagenette } from "./imagenette.ts";
import { mnist } from "./mnist.ts";
import { tinyImagenet } from "./tiny_imagenet.ts";

const ALL = [
  ...[cifar10, imagenette, mnist, fashionMnist],
  ...[beans, colorectalHistology, cottonWeedId15, tinyImagenet],
];

const SOURCES: ReadonlyMap<string, DatasetSource> = new Map(ALL.map((source) => [source.facts.name, source]));

/** Names of the data sets. */
export const datasetNames: readonly string[] = [...SOURCES.keys()];

/** Hosts that send the request for a file on to others. */
const SENT_ON: Readonly<Record<string, readonly string[]>> = { "github.com": ["raw.githubusercontent.com"] };

/** The hosts that data sets are downloaded from, sorted: those that a task which fetches them must be allowed to reach. */
export function datasetHosts(names: readonly string[] = datasetNames): string[] {
  const hosts = names.flatMap((name) => datasetSource(name).hosts);
  return [...new Set(hosts.flatMap((host) => [host, ...SENT_ON[host] ?? []]))].sort();
}

/**
 * A data set's name, in full: of `folder:PATH` with an absolute path. Throws a UserError that lists the names for one
 * that is not known.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(datasetName("folder:leaves", { base: "/home/me" }), "folder:/home/me/leaves");
 * assertEquals(datasetName("mnist"), "mnist");
 * ```
 */
export function datasetName(name: string, { base = Deno.cwd() } = {}): string {
  if (SOURCES.has(name)) return name;
  const path = name.startsWith(FOLDER_PREFIX) ? name.slice(FOLDER_PREFIX.length) : "";
  if (path !== "") return `${FOLDER_PREFIX}${resolve(base, path)}`;
  throw new UserError(
    `Unknown data set "${name}": expected ${datasetNames.join(", ")} or ${FOLDER_PREFIX}PATH` +
      didYouMean(name, datasetNames),
  );
}

/**
 * Short labels for data sets given by their full names, different for each: a set's own name, and of `folder:PATH` the
 * last parts of the path, as many as tell it from the others and from what is taken already.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(datasetLabels(["mnist", "folder:/home/me/leaves"]), ["mnist", "leaves"]);
 * assertEquals(datasetLabels(["folder:/a/pics", "folder:/b/pics"]), ["a/pics", "b/pics"]);
 * ```
 */
export function datasetLabels(
  names: readonly string[],
  { taken = [] }: { readonly taken?: readonly string[] } = {},
): string[] {
  const folders = [...new Set(names.filter((name) => !SOURCES.has(name)))];
  const label = (name: string, parts: number) => {
    const path = name.slice(FOLDER_PREFIX.length);
    const all = path.split("/").filter((part) => part !== "");
    return parts > all.length ? path : all.slice(-parts).join("/");
  };
  return names.map((name) => {
    if (SOURCES.has(name)) return name;
    const most = name.split("/").length; // the whole path, which no other folder has
    for (let parts = 1; parts < most; parts++) {
      const short = label(name, parts);
      const ambiguous = SOURCES.has(short) || taken.includes(short) ||
        folders.some((other) => other !== name && label(other, parts) === short);
      if (!ambiguous) return short;
    }
    return label(name, most);
  });
}

/**
 * The source of the data set with a name. Throws a UserError that lists the names for one that is not known, and one for
 * a folder that is no data set.
 */
export function datasetSource(name: string): DatasetSource {
  const full = datasetName(name);
  return SOURCES.get(full) ?? folderSource(full.slice(FOLDER_PREFIX.length));
}

/**
 * The names in a list with commas. A path may have commas, too: what follows `folder:PATH` and is no name belongs to the
 * path.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(splitDatasetNames("mnist, folder:/a,b/pics, beans"), ["mnist", "folder:/a,b/pics", "beans"]);
 * ```
 */
export function splitDatasetNames(text: string): string[] {
  const names: string[] = [];
  for (const piece of text.split(",")) {
    const name = piece.trim();
    const isPath = names.at(-1)?.startsWith(FOLDER_PREFIX) && !SOURCES.has(name) && !name.startsWith(FOLDER_PREFIX);
    if (isPath) names.push(`${names.pop()},${piece}`);
    else if (name !== "") names.push(name);
  }
  return names;
}

/** The name of a data set's folder in the cache. */
export function folderName(name: string): string {
  const full = datasetName(name);
  if (SOURCES.has(full)) return full;
  return `folders/${createHash("sha256").update(full).digest("hex").slice(0, 16)}`;
}
