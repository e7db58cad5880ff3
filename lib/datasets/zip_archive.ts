/**
 * Reads zip archives. It knows nothing of what is in the files.
 *
 * @module
 */
import { crc32, inflateRawSync } from "node:zlib";
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";
import type { ArchiveFile } from "./archive.ts";
import type { ArchiveCheck, ArchiveEntry } from "./archive_check.ts";
import { WindowedFile } from "./windowed_file.ts";

const [UNIX, TYPE, LINK, REGULAR, FOLDER] = [3, 0o170000, 0o120000, 0o100000, 0o040000];

/** Gives the wanted files in their order. Throws a UserError for what the check refuses and for damage. */
export async function* readZip(
  path: string,
  { wanted, check, signal }: { wanted: (path: string) => boolean; check: ArchiveCheck; signal?: AbortSignal },
): AsyncGenerator<ArchiveFile> {
  using file = new WindowedFile(path);
  const options = { autoClose: false, strictFileNames: true };
  const zip = await fromRandomAccessReaderPromise(new Reader(file), file.size, options).catch((error) => {
    throw check.damaged(`it is no whole zip archive (${error.message})`);
  });
  for await (const entry of entriesOf(zip, check)) {
    signal?.throwIfAborted();
    const { fileName, uncompressedSize } = entry;
    const kind = kindOf(entry);
    check.entry({ path: fileName, kind, bytes: uncompressedSize });
    if (kind !== "file" || !wanted(fileName)) continue;
    yield { path: fileName, bytes: await readEntry(zip, { entry, check, file }) };
  }
}

/** Reads headers as the package asks for them; its own reader makes a stream for each. */
class Reader extends RandomAccessReader {
  constructor(private readonly file: WindowedFile) {
    super();
  }

  override read(
    ...[buffer, offset, length, position, callback]: Parameters<RandomAccessReader["read"]>
  ): void {
    try {
      buffer.set(this.file.bytes(position, length), offset);
    } catch (error) {
      return callback(error as Error);
    }
    callback(null);
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

async function readEntry(
  zip: ZipFile,
  { entry, check, file }: { entry: Entry; check: ArchiveCheck; file: WindowedFile },
): Promise<Uint8Array> {
  const { fileName, compressedSize, uncompressedSize, compressionMethod } = entry;
  if (!entry.canDecodeFileData()) throw check.damaged("is encrypted, or packed in an unknown way", fileName);
  let bytes: Uint8Array;
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = file.bytes(fileDataStart, compressedSize);
    const limit = Math.max(1, uncompressedSize);
    bytes = compressionMethod === 0 ? packed.slice() : inflateRawSync(packed, { maxOutputLength: limit });
  } catch (error) {
    throw check.damaged(`can't be unpacked (${(error as Error).message})`, fileName);
  }
  if (bytes.length === uncompressedSize && crc32(bytes) === entry.crc32) return bytes;
  throw check.damaged("has another checksum than the archive says", fileName);
}
