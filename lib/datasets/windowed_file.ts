/**
 * Reads small pieces of a file, most of them one after the other, at two places in turn. It knows nothing of what they
 * are.
 *
 * @module
 */

const WINDOW = 1 << 20; // bytes that are read together

interface Window {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** A file of which the two latest windows are kept; `using` closes it. */
export class WindowedFile implements Disposable {
  /** Bytes of the file. */
  readonly size: number;
  readonly #file: Deno.FsFile;
  #windows: readonly Window[] = []; // the latest first

  /** Opens a file. */
  constructor(path: string) {
    this.#file = Deno.openSync(path);
    this.size = this.#file.statSync().size;
  }

  /** Bytes of the file, not to be changed. Throws a RangeError where it has no such bytes. */
  bytes(position: number, length: number): Uint8Array {
    if (position < 0 || position + length > this.size) throw new RangeError("it ends too early");
    const found = this.#windows.find(({ start, bytes }) =>
      position >= start && position + length <= start + bytes.length
    );
    const window = found ?? this.#read(position, Math.min(Math.max(WINDOW, length), this.size - position));
    if (window !== this.#windows[0]) {
      this.#windows = [window, ...this.#windows.filter((other) => other !== window)].slice(0, 2);
    }
    return window.bytes.subarray(position - window.start, position - window.start + length);
  }

  #read(start: number, length: number): Window {
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
