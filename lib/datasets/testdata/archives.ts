/**
 * Makes small real archives, also such as no honest program makes.
 *
 * @module
 */
import { crc32, deflateRawSync, gzipSync } from "node:zlib";

/** An entry of an archive. */
export interface Entry {
  readonly path: string;
  readonly bytes?: Uint8Array;
  /** What it says it is (default: file). */
  readonly kind?: "file" | "folder" | "link" | "hard link" | "device";
  /** The size that it says it has (default: that of its bytes). */
  readonly says?: number;
  /** The checksum that a zip archive says it has (default: the right one). */
  readonly checksum?: number;
}

const TEXT = new TextEncoder();
const NONE = new Uint8Array();
const EMPTY = new Uint8Array(deflateRawSync(NONE));

/** The bytes one after the other. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

const TAR_TYPES = { file: "0", "hard link": "1", link: "2", device: "3", folder: "5" };

/** A tar archive in the format of POSIX (ustar). */
export function tar(entries: readonly Entry[]): Uint8Array {
  const blocks = entries.flatMap(({ path, bytes = NONE, kind = "file", says = bytes.length }) => {
    const header = new Uint8Array(512);
    const put = (offset: number, text: string) => header.set(TEXT.encode(text), offset);
    const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
    put(0, path);
    put(100, `${octal(0o644, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0${octal(says, 11)}\0${octal(0, 11)}\0`);
    put(148, "        "); // the checksum counts as spaces
    put(156, TAR_TYPES[kind]);
    if (kind === "link" || kind === "hard link") put(157, "/etc/passwd");
    put(257, "ustar\x0000");
    put(148, `${octal(header.reduce((sum, byte) => sum + byte, 0), 6)}\0 `);
    return [header, bytes, new Uint8Array((512 - bytes.length % 512) % 512)];
  });
  return joined([...blocks, new Uint8Array(1024)]);
}

/** A gzipped tar archive. */
export function tarGz(entries: readonly Entry[]): Uint8Array {
  return new Uint8Array(gzipSync(tar(entries)));
}

const ZIP_MODES = { file: 0o100644, folder: 0o040755, link: 0o120777, "hard link": 0o120777, device: 0o020644 };

/** A zip archive, compressed, made on Unix. */
export function zip(entries: readonly Entry[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, bytes = NONE, kind = "file", says = bytes.length, checksum = crc32(bytes) } of entries) {
    const name = TEXT.encode(path);
    const packed = bytes.length === 0 ? EMPTY : new Uint8Array(deflateRawSync(bytes));
    const common = fields([[2, 20], [2, 0x800], [2, 8], [4, 0], [4, checksum], [4, packed.length], [4, says]]);
    const local = joined([fields([[4, 0x04034b50]]), common, fields([[2, name.length], [2, 0]]), name, packed]);
    directory.push(
      fields([[4, 0x02014b50], [2, 3 << 8 | 20]]),
      common,
      fields([[2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, ZIP_MODES[kind] * 65_536], [4, offset]]),
      name,
    );
    pieces.push(local);
    offset += local.length;
  }
  const central = joined(directory);
  const count = entries.length;
  const told = Math.min(count, 0xffff);
  const end = fields([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, told],
    [2, told],
    [4, central.length],
    [4, offset],
    [2, 0],
  ]);
  return joined([...pieces, central, ...count > told ? zip64End({ count, size: central.length, offset }) : [], end]);
}

/** What stands before the end of archives of more than 65,535 files. */
function zip64End({ count, size, offset }: { count: number; size: number; offset: number }): Uint8Array[] {
  const long = (value: number) => [[4, value], [4, 0]] as const; // below 4 GB
  return [
    fields([[4, 0x06064b50], ...long(44), [2, 45], [2, 45], [4, 0], [4, 0]]),
    fields([...long(count), ...long(count), ...long(size), ...long(offset)]),
    fields([[4, 0x07064b50], [4, 0], ...long(offset + size), [4, 1]]),
  ];
}

/** Little-endian numbers: their sizes in bytes, and their values. */
function fields(list: readonly (readonly [size: number, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(list.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of list) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}
