/**
 * The version of the lab, as far as it decides results.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { PROJECT_FOLDER } from "../project.ts";

/** Rooms and files on which the result of a training depends. */
const TRAINS = ["activation", "datasets", "engine", "models", "training", "random.ts", "schema.ts", "study/worker.ts"];

/**
 * The published version, and a digest of the sources that train, without their tests: two machines with the same text
 * train alike, whatever else differs in their copies of the lab.
 */
export function labVersion(folder: string = PROJECT_FOLDER): string {
  const { version } = JSON.parse(Deno.readTextFileSync(`${folder}deno.json`));
  const hash = createHash("sha256");
  for (const name of TRAINS.flatMap((name) => sources(`${folder}lib/`, name)).sort()) {
    hash.update(`${name}\0`).update(Deno.readFileSync(`${folder}lib/${name}`)).update("\0");
  }
  return `${version}+${hash.digest("hex").slice(0, 8)}`;
}

function sources(library: string, name: string): string[] {
  if (Deno.statSync(library + name).isDirectory) {
    if (name.endsWith("/testdata")) return [];
    return [...Deno.readDirSync(library + name)].flatMap((entry) => sources(library, `${name}/${entry.name}`));
  }
  return /\.(ts|cc|h)$/.test(name) && !name.endsWith("_test.ts") ? [name] : [];
}
