/**
 * Finds the pictures in a folder of the user's. Links are followed, and nothing is found twice.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import { isPicture, isSystemFile } from "./image_format.ts";

/** What is below a folder, as paths with slashes, sorted. */
export interface FolderPictures {
  /** Names of the folders in it. */
  readonly folders: readonly string[];
  /** The pictures; links that lead nowhere are among them where they are called like pictures. */
  readonly pictures: readonly string[];
  /** Files that are not called like pictures. */
  readonly others: readonly string[];
  /** Links to what is found without them, or to a folder that they are in. */
  readonly repeated: readonly string[];
  /** What is neither a file nor a folder, such as a named pipe. */
  readonly special: readonly string[];
  /** Files and folders that are hidden, or the system's own; what is in such folders is not looked at. */
  readonly hidden: readonly string[];
}

interface Link {
  readonly path: string;
  /** The folder that holds it, without links. */
  readonly home: string;
}

/** Finds the pictures in a folder. Throws a UserError where it is none, and for a folder in it that can't be read. */
export function findPictures(root: string): FolderPictures {
  if (!statOf(root)?.isDirectory) {
    throw new UserError(`${root} is no folder: expected folder:PATH with a folder for each class`);
  }
  const found = { folders: [] as string[], pictures: [] as string[], others: [] as string[] };
  const [repeated, special, hidden]: [string[], string[], string[]] = [[], [], []];
  const seen = new Set<string>(); // without links
  let links: Link[] = [];

  /** Takes in a file or a folder; `home` is its path without links. */
  const take = (
    path: string,
    { info, home }: { info: Pick<Deno.FileInfo, "isFile" | "isDirectory">; home: string },
  ) => {
    if (seen.has(home)) return void repeated.push(path);
    seen.add(home);
    if (info.isDirectory) {
      if (!path.includes("/")) found.folders.push(path);
      visit(`${path}/`, home);
    } else if (!info.isFile) special.push(path);
    else (isPicture(path) ? found.pictures : found.others).push(path);
  };
  const visit = (below: string, home: string) => {
    for (const entry of entriesOf(`${root}/${below}`)) {
      const path = `${below}${entry.name}`;
      if (isSystemFile(entry.name)) hidden.push(path);
      else if (entry.isSymlink) links.push({ path, home });
      else take(path, { info: entry, home: `${home}/${entry.name}` });
    }
  };
  const follow = ({ path, home }: Link) => {
    const info = statOf(`${root}/${path}`);
    if (info === undefined) return void (isPicture(path) ? found.pictures : found.others).push(path);
    const target = Deno.realPathSync(`${root}/${path}`);
    if (`${home}/`.startsWith(target === "/" ? "/" : `${target}/`)) repeated.push(path);
    else take(path, { info, home: target });
  };

  const home = Deno.realPathSync(root);
  seen.add(home);
  visit("", home);
  while (links.length > 0) { // behind all else, so that a file is found under its own name
    const next = links.sort((a, b) => a.path < b.path ? -1 : 1);
    links = [];
    next.forEach(follow);
  }
  for (const list of [...Object.values(found), repeated, special, hidden]) list.sort();
  return { ...found, repeated, special, hidden };
}

/** Of what a path leads to; undefined for nothing, as of a broken link or one that leads to itself. */
function statOf(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    throw new UserError(`${folder} can't be read (${(error as Error).message}): expected a folder of pictures`);
  }
}
