/**
 * Reads images of a pool at the size that is asked for: into memory, or only when they are needed where they would take
 * too much of it.
 *
 * @module
 */
import type { ImagePool, StoredImages } from "../dataset.ts";
import { imageResizer, resizeImages, type ResizeOptions } from "./resize.ts";

/** Options of {@linkcode readPart}. */
export interface ReadPartOptions {
  /** The images' indices in the pool. */
  readonly indices: Uint32Array;
  /** The size they have in the pool, and the size they get. */
  readonly size: ResizeOptions;
  /** Bytes that they may take in memory. */
  readonly memory: number;
}

/**
 * The pixels of images, or what gives them one by one. Where they fit into memory only at the size of the pool, they are
 * held at that size and resized whenever they are read; the pixels are the same.
 */
export function readPart(pool: ImagePool, { indices, size, memory }: ReadPartOptions): Uint8Array | StoredImages {
  const bytes = (imageSize: number) => indices.length * imageSize ** 2 * size.channels;
  const source = bytes(size.from) > memory ? pool.store(indices) : pool.read(indices);
  if (size.from === size.to) return source;
  if (source instanceof Uint8Array && bytes(size.to) <= memory) return resizeImages(source, size);
  const resized = resizedImages(source, size);
  return bytes(size.to) > memory ? resized : inMemory(resized, { count: indices.length, bytes: bytes(size.to) });
}

function resizedImages(source: Uint8Array | StoredImages, size: ResizeOptions): StoredImages {
  const resize = imageResizer(size);
  if (source instanceof Uint8Array) {
    const read = (image: number, target: Uint8Array) => resize(source, { image, target, position: 0 });
    return { open: () => ({ read, [Symbol.dispose]() {} }) };
  }
  const image = new Uint8Array(size.from ** 2 * size.channels);
  return {
    open() {
      const reader = source.open();
      return {
        read(index, target) {
          reader.read(index, image);
          resize(image, { image: 0, target, position: 0 });
        },
        [Symbol.dispose]: () => reader[Symbol.dispose](),
      };
    },
  };
}

function inMemory(images: StoredImages, { count, bytes }: { count: number; bytes: number }): Uint8Array {
  const all = new Uint8Array(bytes);
  using reader = images.open();
  for (let i = 0; i < count; i++) reader.read(i, all.subarray(i * bytes / count, (i + 1) * bytes / count));
  return all;
}
