/**
 * A copy of a published set: whether its images are those of the set or some of them, and what else tells them from the
 * published ones. Their bytes are not compared, as only those of the published archives are known.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import { type DatasetFacts, type Part, PARTS } from "../dataset.ts";
import type { PictureHeader } from "./decode_image.ts";
import { type ImageDescription, someOf } from "./image_format.ts";

/** How a set's images are published. */
export interface PublishedPictures {
  /** The kind of their files. */
  readonly kind: string;
  /** Their size, in the words of {@linkcode PictureLooks}. */
  readonly size: string;
}

/** How many images of a set there are. */
export type ImageCounts = Pick<DatasetFacts, "trainImages" | "validationImages" | "testImages">;

/** Options of {@linkcode countCopy}. */
export interface CountCopyOptions {
  readonly facts: DatasetFacts;
  /** Whether some of the images will do, of each class and part. */
  readonly subset: boolean;
  /** Where the copy is, for messages. */
  readonly origin: string;
}

/** What a copy has. */
export interface CopyCounts {
  readonly counts: ImageCounts;
  /** What it lacks: "4,000 of 50,000 training images"; empty where it is whole. */
  readonly lacking: readonly string[];
}

const FIELDS = { train: "trainImages", validation: "validationImages", test: "testImages" } as const;
const NAMES: Readonly<Record<Part, string>> = { train: "training ", validation: "validation ", test: "test " };

const grouped = (count: number) => count.toLocaleString("en");

/**
 * Counts the images of a copy. Throws a UserError unless it has images of all classes in all official parts, and as many
 * of each part as the set, or fewer where a subset will do.
 */
export function countCopy(images: readonly ImageDescription[], options: CountCopyOptions): CopyCounts {
  const { facts, subset, origin } = options;
  const { title, trainImages, validationImages, testImages } = facts;
  if (images.length === 0) {
    throw new UserError(
      `${origin} has no images of ${title}: expected files as they are published, or pictures in folders of parts and ` +
        "classes, such as train/CLASS/",
    );
  }
  checkClasses(images, { ...options, place: "" });
  const official = facts.split === undefined;
  const all = trainImages + (validationImages ?? 0) + testImages;
  const expected = official
    ? PARTS.flatMap((part) => facts[FIELDS[part]] ? [{ part, of: facts[FIELDS[part]]! }] : [])
    : [{ part: undefined, of: all }];
  const found = expected.map(({ part, of }) => {
    const own = images.filter((image) => image.part === part);
    const what = `${part ? NAMES[part] : ""}images`;
    if (own.length === 0 || own.length > of) {
      throw new UserError(`${origin} is not ${title}: expected ${of} ${what}, got ${own.length}`);
    }
    if (own.length < of) checkClasses(own, { ...options, place: ` among the ${what}` });
    return { part, of, count: own.length, text: `${grouped(own.length)} of ${grouped(of)} ${what}` };
  });
  const lacking = found.filter(({ count, of }) => count < of).map(({ text }) => text);
  if (lacking.length === 0) return { counts: { trainImages, validationImages, testImages }, lacking };
  if (!subset) {
    throw new UserError(
      `${origin} is not the whole ${title}: got ${
        lacking.join(", ")
      }; with --subset it is used as a part of the set, ` +
        "and the results say so",
    );
  }
  const count = (part?: Part) => found.find((one) => one.part === part)?.count ?? 0;
  const counts = official
    ? { trainImages: count("train"), testImages: count("test") }
    : { trainImages: count(), testImages: 0 };
  return {
    counts: { ...counts, ...validationImages !== undefined && { validationImages: count("validation") } },
    lacking,
  };
}

/** Other classes are another task, whose accuracies are not to be compared with the set's. */
function checkClasses(
  images: readonly ImageDescription[],
  { facts: { title, classes }, origin, place }: CountCopyOptions & { readonly place: string },
): void {
  const labels = new Set(images.map(({ label }) => label));
  const missing = classes.filter((_, label) => !labels.has(label));
  if (missing.length === 0 && labels.size === classes.length) return;
  throw new UserError(
    `${origin} is another task than ${title}: expected images of ${classes.length} classes${place}, got ${labels.size}` +
      `${
        classes.length > 20 ? "" : ` (none of ${someOf(missing)})`
      }; \`--dataset folder:PATH\` takes pictures as a set ` +
      "of their own",
  );
}

/** Kinds and sizes of pictures, one after the other. */
export class PictureLooks {
  readonly #kinds = new Set<string>();
  readonly #sizes = new Set<string>();
  #shorterSide = 0;

  /** Adds a picture. */
  add({ kind, width, height }: PictureHeader): void {
    this.#kinds.add(kind);
    this.#sizes.add(`${width} × ${height} pixels`);
    this.#shorterSide = Math.max(this.#shorterSide, Math.min(width, height));
  }

  /** "500 × 500 pixels" where all have one size, else "a shorter side of up to 160 pixels". */
  get size(): string {
    return this.#sizes.size === 1 ? [...this.#sizes][0] : `a shorter side of up to ${this.#shorterSide} pixels`;
  }

  /** In what the pictures differ from the published ones, one text each; nothing where there are no pictures. */
  differences({ kind, size }: PublishedPictures): string[] {
    if (this.#kinds.size === 0) return [];
    const kinds = [...this.#kinds].sort().join(" and ");
    return [
      ...kinds === kind ? [] : [`${kinds}, published as ${kind}`],
      ...this.size === size ? [] : [`${this.size}, published with ${size}`],
    ];
  }
}
