/**
 * Mean and standard deviation of the pixels of images, gathered while they pass by.
 *
 * @module
 */

/** Of pixels / 255, for each channel. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  /** At least that of one grey level. */
  readonly std: readonly number[];
}

/** Sums over each image, kept until it is known which images count. */
export class PixelStatistics {
  readonly #sums: Float64Array[] = []; // for each image, of each channel: the sum, then the sum of squares
  #pixels = 0;

  /** Images have this many values a pixel. */
  constructor(readonly channels: number) {}

  /** Adds an image; all have the same size. */
  add(image: Uint8Array): void {
    const { channels } = this;
    const sums = new Float64Array(2 * channels);
    for (let i = 0; i < image.length; i += channels) {
      for (let channel = 0; channel < channels; channel++) {
        const value = image[i + channel];
        sums[channel] += value;
        sums[channels + channel] += value * value;
      }
    }
    this.#pixels = image.length / channels;
    this.#sums.push(sums);
  }

  /** Over the images with these indices. */
  of(indices: readonly number[]): ChannelStatistics {
    const { channels } = this;
    const totals = new Float64Array(2 * channels); // of integers: exact, whatever their order
    for (const index of indices) this.#sums[index].forEach((sum, i) => totals[i] += sum);
    const count = Math.max(1, indices.length * this.#pixels);
    const mean = Array.from({ length: channels }, (_, channel) => totals[channel] / count / 255);
    const std = mean.map((value, channel) => {
      const variance = totals[channels + channel] / count / 255 ** 2 - value ** 2;
      return Math.max(1 / 255, Math.sqrt(Math.max(0, variance)));
    });
    return { mean, std };
  }
}
