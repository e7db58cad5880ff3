/**
 * Reads zip archives.
 *
 * @module
 */
import { crc32, inflateRawSync } from "node:zlib";
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";
import type { ArchiveCheck, ArchiveEntry, ArchiveFile } from "./archive.ts";

const [UNIX, TYPE, LINK, REGULAR, FOLDER] = [3, 0o170000, 0o120000, 0o100000, 0o040000];
const WINDOW = 1 << 20; // bytes that are read together

/** Gives the wanted files in their order. Throws a UserError for what the check refuses and for damage. */
export async function* readZip(
  path: string,
  { wanted, check, signal }: { wanted: (path: string) => boolean; check: ArchiveCheck; signal?: AbortSignal },
): AsyncGenerator<ArchiveFile> {
  using reader = new WindowedReader(path);
  const options = { autoClose: false, strictFileNames: true };
  const zip = await fromRandomAccessReaderPromise(reader, reader.size, options).catch((error) => {
    throw check.damaged(`it is no whole zip archive (${error.message})`);
  });
  for await (const entry of entriesOf(zip, check)) {
    signal?.throwIfAborted();
    const { fileName, uncompressedSize } = entry;
    const kind = kindOf(entry);
    check.entry({ path: fileName, kind, bytes: uncompressedSize });
    if (kind !== "file" || !wanted(fileName)) continue;
    yield { path: fileName, bytes: await readEntry(zip, { entry, check, reader }) };
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
  { entry, check, reader }: { entry: Entry; check: ArchiveCheck; reader: WindowedReader },
): Promise<Uint8Array> {
  const { fileName, compressedSize, uncompressedSize, compressionMethod } = entry;
  if (!entry.canDecodeFileData()) throw check.damaged("is encrypted, or packed in an unknown way", fileName);
  let bytes: Uint8Array;
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = reader.bytes(fileDataStart, compressedSize);
    const limit = Math.max(1, uncompressedSize);
    bytes = compressionMethod === 0 ? packed.slice() : inflateRawSync(packed, { maxOutputLength: limit });
  } catch (error) {
    throw check.damaged(`can't be unpacked (${(error as Error).message})`, fileName);
  }
  if (bytes.length === uncompressedSize && crc32(bytes) === entry.crc32) return bytes;
  throw check.damaged("has another checksum than the archive says", fileName);
}

interface Window {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/**
 * Reads a file in large pieces and keeps the latest two: one of the list of files, one of their contents. With the
 * package's own reader, which makes a stream for each header, an archive of 11,000 pictures took 14 times as long.
 */
class WindowedReader extends RandomAccessReader implements Disposable {
  /** Bytes of the file. */
  readonly size: number;
  readonly #file: Deno.FsFile;
  #windows: readonly Window[] = []; // the latest first

  constructor(path: string) {
    super();
    this.#file = Deno.openSync(path);
    this.size = this.#file.statSync().size;
  }

  override read(...[buffer, offset, length, position, callback]: Parameters<RandomAccessReader["read"]>): void {
    try {
      buffer.set(this.bytes(position, length), offset);
    } catch (error) {
      return callback(error as Error);
    }
    callback(null);
  }

  /** Bytes of the file, not to be changed. Throws a RangeError where it has no such bytes. */
  bytes(position: number, length: number): Uint8Array {
    if (position < 0 || position + length > this.size) throw new RangeError("it ends too early");
    const found = this.#windows.find(({ start, bytes }) =>
      position >= start && position + length <= start + bytes.length
    );
    const window = found ?? this.#readWindow(position, Math.min(Math.max(WINDOW, length), this.size - position));
    if (window !== this.#windows[0]) {
      this.#windows = [window, ...this.#windows.filter((other) => other !== window)].slice(0, 2);
    }
    return window.bytes.subarray(position - window.start, position - window.start + length);
  }

  #readWindow(start: number, length: number): Window {
    const bytes = new Uint8Array(length);
    this.#file.seekSync(start, Deno.SeekMode.Start);
    for (let read = 0; read < length;) {
      const count = this.#file.readSync(bytes.subarray(read));
      if (count === null) throw new RangeError("it ends too early");
      read += count;
    }
    return { start, bytes };
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}
