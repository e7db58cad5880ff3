/**
 * Small data sets in the official formats, of pictures of one colour that tells the class (red) and the image (green).
 *
 * @module
 */
import { beansFormat } from "../sets/beans.ts";
import { cifarFormat } from "../sets/cifar.ts";
import { colorectalFormat } from "../sets/colorectal_histology.ts";
import type { DatasetFacts, DatasetSource } from "../dataset.ts";
import type { ImageFormat } from "../pictures/image_format.ts";
import { pictureSet, type PictureSetOptions } from "../pictures/picture_set.ts";
import { imagenetteFormat } from "../sets/imagenette.ts";
import { datasetSource } from "../sets/catalog.ts";
import { tinyImagenetFormat } from "../sets/tiny_imagenet.ts";
import { type Entry, joined, tarGz, zip } from "./archives.ts";
import { hash } from "./idx_files.ts";
import { type Colour, picture, type PictureOptions } from "./pictures.ts";

/** The colour of an image: differences survive JPEG, and the conversions between colour spaces of grey do too. */
export function colourOf(label: number, image: number): Colour {
  return [20 + 15 * label, 10 + 6 * image, 100];
}

/** A small data set. */
export interface SmallSet {
  readonly facts: DatasetFacts;
  readonly format: ImageFormat;
  /** The archives by name. */
  readonly archives: Readonly<Record<string, Uint8Array>>;
}

const text = (value: string) => new TextEncoder().encode(value);

async function pictures(
  list: readonly { path: string; label: number; image: number; options?: PictureOptions }[],
): Promise<Entry[]> {
  return await Promise.all(list.map(async ({ path, label, image, options }) => (
    { path, bytes: await picture(colourOf(label, image), options) }
  )));
}

/** The facts of the real set, with other numbers of images. */
function facts(name: string, counts: Partial<DatasetFacts>): DatasetFacts {
  return { ...datasetSource(name).facts, ...counts };
}

/** CIFAR-10: five batches and the test batch of 4 records each; image `i` of the set has the label i % 10. */
export function smallCifar(): SmallSet {
  const record = (i: number) => [i % 10, ...colourOf(i % 10, i).flatMap((value) => Array(1024).fill(value))];
  const batch = (b: number) => Uint8Array.from([0, 1, 2, 3].flatMap((i) => record(4 * b + i)));
  const names = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];
  const files = names.map((name, b) => ({ path: `cifar-10-batches-bin/${name}.bin`, bytes: batch(b) }));
  return {
    facts: facts("cifar-10", { trainImages: 20, testImages: 4 }),
    format: cifarFormat({ classes: 10 }),
    archives: {
      "cifar.tar.gz": tarGz([
        { path: "cifar-10-batches-bin/", kind: "folder" },
        { path: "cifar-10-batches-bin/batches.meta.txt", bytes: text("airplane\n") },
        ...files,
      ]),
    },
  };
}

/** The same images as in {@linkcode smallCifar}, as the edition for Python has them: pickled by Python 2. */
export function pickledCifar(): Uint8Array {
  const short = (value: string) => Uint8Array.of(0x55, value.length, ...text(value));
  const code = (value: string) => Uint8Array.from(value, (letter) => letter.charCodeAt(0));
  const batch = (b: number) => {
    const labels = [0, 1, 2, 3].map((i) => (4 * b + i) % 10);
    const data = [0, 1, 2, 3].flatMap((i) =>
      colourOf(labels[i], 4 * b + i).flatMap((value) => Array(1024).fill(value))
    );
    const length = new Uint8Array(Int32Array.of(data.length).buffer);
    return joined([
      code("\x80\x02}q\x01("), // protocol 2, a dictionary in the memo, a mark
      ...[short("batch_label"), code("q\x02"), short("a batch"), code("q\x03")],
      ...[short("labels"), code("]("), Uint8Array.from(labels.flatMap((label) => [0x4b, label])), code("e")],
      ...[short("data"), code("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R")],
      code("(K\x01K\x04M\x00\x0c\x86"), // the array's state: version and shape
      code("cnumpy\ndtype\nU\x02u1K\x00K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"),
      ...[code("\x89T"), length, Uint8Array.from(data), code("tb")],
      code("u."),
    ]);
  };
  const names = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];
  return tarGz(names.map((name, b) => ({ path: `cifar-10-batches-py/${name}`, bytes: batch(b) })));
}

/** Imagenette: per class 3 training images, the last one upright by EXIF alone, and 1 test image. */
export async function smallImagenette(): Promise<SmallSet> {
  const ids = ["n01440764", "n02102040", "n02979186", "n03000684", "n03028079"];
  ids.push("n03394916", "n03417042", "n03425413", "n03445777", "n03888257");
  const list = ids.flatMap((id, label) =>
    [0, 1, 2, 3].map((image) => ({
      path: `imagenette2-160/${image < 3 ? "train" : "val"}/${id}/${id}_${image}.JPEG`,
      label,
      image,
      options: { width: 12 + image, height: 20, orientation: image === 2 ? 6 : 1 },
    }))
  );
  const others = [{ path: "imagenette2-160/noisy_imagenette.csv", bytes: text("path\n") }];
  return {
    facts: facts("imagenette", { trainImages: 30, testImages: 10 }),
    format: imagenetteFormat,
    archives: { "imagenette.tgz": tarGz([...await pictures(list), ...others]) },
  };
}

/** Beans: three archives, one with a class in capitals and files of the system. */
export async function smallBeans(): Promise<SmallSet> {
  const make = async (part: string, count: number) =>
    zip([
      { path: `${part}/`, kind: "folder" as const },
      ...await pictures(
        ["angular_leaf_spot", "bean_rust", part === "test" ? "Healthy" : "healthy"].flatMap((folder, label) =>
          Array.from(
            { length: count },
            (_, image) => ({ path: `${part}/${folder}/${part}.${image}.jpg`, label, image }),
          )
        ),
      ),
      { path: `__MACOSX/${part}/healthy/._${part}.0.jpg`, bytes: text("system") },
      { path: `${part}/.DS_Store`, bytes: text("system") },
    ]);
  return {
    facts: facts("beans", { trainImages: 12, validationImages: 6, testImages: 3 }),
    format: beansFormat,
    archives: {
      "train.zip": await make("train", 4),
      "validation.zip": await make("validation", 2),
      "test.zip": await make("test", 1),
    },
  };
}

/** Colorectal Histology: TIFF, the first folder twice; 10 images a class of the slides 1 to 5. */
export async function smallColorectal(): Promise<SmallSet> {
  const names = datasetSource("colorectal-histology").facts.classes;
  const top = "Kather_texture_2016_image_tiles_5000";
  const list = names.flatMap((folder, label) =>
    Array.from({ length: 10 }, (_, image) => ({
      path: `${top}/${top}/${folder}/1${image}_CRC-Prim-HE-0${1 + image % 5}_00${image}.tif_Row_1_Col_151.tif`,
      label,
      image,
      options: { format: "tiff" as const },
    }))
  );
  return {
    facts: facts("colorectal-histology", { trainImages: 48, validationImages: 16, testImages: 16 }),
    format: colorectalFormat,
    archives: { "colorectal.zip": zip(await pictures(list)) },
  };
}

/** CottonWeedID15: 4 pictures a class, of all kinds. */
export async function smallCotton(): Promise<Uint8Array> {
  const list = datasetSource("cotton-weed-id15").facts.classes.flatMap((folder, label) =>
    ["a.jpg", "b.jpeg", "c.png", "d.JPG"].map((name, image) => ({
      path: `CottonWeedID15/${folder}/${name}`,
      label,
      image,
      options: { format: name === "c.png" ? "png" as const : "jpeg" as const, width: 30 + 7 * image, height: 25 },
    }))
  );
  return zip(await pictures(list));
}

/** Tiny ImageNet: 3 classes of 4 training images, 6 validation images, and test images without labels. */
export async function smallTinyImagenet(tables: Readonly<Record<string, string>> = {}): Promise<SmallSet> {
  const ids = ["n02", "n01", "n03"]; // the order of wnids.txt, not that of the alphabet
  const train = ids.flatMap((id, label) =>
    [0, 1, 2, 3].map((image) => ({ path: `tiny/train/${id}/images/${id}_${image}.JPEG`, label, image }))
  );
  const validation = [0, 1, 2, 3, 4, 5].map((image) => ({
    path: `tiny/val/images/val_${image}.JPEG`,
    label: image % 3,
    image,
  }));
  const annotations = validation.map(({ image, label }) => `val_${image}.JPEG\t${ids[label]}\t0\t0\t62\t62\n`);
  const texts = {
    "tiny/wnids.txt": `${ids.join("\n")}\n`,
    "tiny/words.txt": "n01\tgoldfish, Carassius auratus\nn02\tEuropean fire salamander\nn99\tother\n",
    "tiny/val/val_annotations.txt": annotations.join(""),
    ...tables,
  };
  return {
    facts: facts("tiny-imagenet", { trainImages: 12, testImages: 6, classes: ["0", "1", "2"] }),
    format: tinyImagenetFormat,
    archives: {
      "tiny.zip": zip([
        ...await pictures(train),
        { path: "tiny/train/n01/n01_boxes.txt", bytes: text("n01_0.JPEG\t0\t0\t62\t62\n") },
        ...await pictures(validation),
        ...await pictures([{ path: "tiny/test/images/test_0.JPEG", label: 0, image: 0 }]),
        ...Object.entries(texts).map(([path, value]) => ({ path, bytes: text(value) })),
      ]),
    },
  };
}

/** The source of a small set whose archives are at an address, or in the set's folder. */
export function sourceOf(
  { archives, ...set }: SmallSet,
  { urls = [], ...options }:
    & Pick<PictureSetOptions, "limits" | "unpackLimits" | "shares">
    & { readonly urls?: readonly string[] } = {},
): DatasetSource {
  return pictureSet({
    ...set,
    ...options,
    archives: Object.entries(archives).map(([name, bytes]) => ({
      name,
      bytes: bytes.length,
      sha256: hash(bytes),
      urls: urls.map((url) => `${url}${name}`),
    })),
  });
}
