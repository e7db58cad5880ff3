/**
 * Reads zip archives. It knows nothing of what is in the files.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import type { ArchiveFile } from "./archive.ts";
import type { ArchiveCheck, ArchiveEntry } from "./archive_check.ts";

const [UNIX, TYPE, LINK, REGULAR, FOLDER] = [3, 0o170000, 0o120000, 0o100000, 0o040000];

/** Gives the wanted files in their order. Throws a UserError for what the check refuses and for damage. */
export async function* readZip(
  path: string,
  { wanted, check }: { wanted: (path: string) => boolean; check: ArchiveCheck },
): AsyncGenerator<ArchiveFile> {
  const zip = await openPromise(path, { autoClose: false, strictFileNames: true }).catch((error) => {
    throw check.damaged(`it is no whole zip archive (${error.message})`);
  });
  try {
    for await (const entry of entriesOf(zip, check)) {
      const { fileName, uncompressedSize } = entry;
      const kind = kindOf(entry);
      check.entry({ path: fileName, kind, bytes: uncompressedSize });
      if (kind === "file" && wanted(fileName)) yield { path: fileName, bytes: await readEntry(zip, { entry, check }) };
    }
  } finally {
    zip.close();
  }
}

async function* entriesOf(zip: ZipFile, check: ArchiveCheck): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    throw refusal(error, check);
  }
}

/** The package refuses names that leave the folder by itself. */
function refusal(error: unknown, check: ArchiveCheck): Error {
  const { message } = error as Error;
  const name = /^(?:invalid characters in fileName|absolute path|invalid relative path): (.*)$/s.exec(message)?.[1];
  if (name === undefined) return check.damaged(`it is no whole zip archive (${message})`);
  try {
    check.entry({ path: name, kind: "file", bytes: 0 });
  } catch (error) {
    return error as Error;
  }
  return check.damaged(message);
}

function kindOf({ fileName, versionMadeBy, externalFileAttributes }: Entry): ArchiveEntry["kind"] {
  if (fileName.endsWith("/")) return "folder";
  const type = versionMadeBy >> 8 === UNIX ? (externalFileAttributes >>> 16) & TYPE : 0;
  if (type === LINK) return "link";
  return type === 0 || type === REGULAR ? "file" : type === FOLDER ? "folder" : "other";
}

async function readEntry(zip: ZipFile, { entry, check }: { entry: Entry; check: ArchiveCheck }): Promise<Uint8Array> {
  const { fileName, uncompressedSize } = entry;
  if (!entry.canDecodeFileData()) throw check.damaged("is encrypted, or packed in an unknown way", fileName);
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece);
  } catch (error) {
    throw check.damaged(`can't be unpacked (${(error as Error).message})`, fileName);
  }
  const bytes = Buffer.concat(pieces);
  if (bytes.length !== uncompressedSize || crc32(bytes) !== entry.crc32) {
    throw check.damaged("has another checksum than the archive says", fileName);
  }
  return bytes;
}
