/**
 * Places for the names of dots, so that no name covers another, or a dot, or leaves the frame. It knows nothing of SVG.
 *
 * @module
 */
import { shortened, textWidth } from "./labels.ts";

/** A dot, in pixels. */
export interface Dot {
  /** Its name. */
  readonly name: string;
  /** From the left. */
  readonly x: number;
  /** From the top. */
  readonly y: number;
}

/** The borders of the room, in pixels. */
export interface Frame {
  /** The least x. */
  readonly left: number;
  /** The greatest x. */
  readonly right: number;
  /** The least y. */
  readonly top: number;
  /** The greatest y. */
  readonly bottom: number;
}

/** A name and where it stands beside its dot. */
export interface Label {
  /** Which dot. */
  readonly index: number;
  /** The name, shortened where it is very long. */
  readonly text: string;
  /** From the dot to the anchor of the text, in pixels. */
  readonly dx: number;
  /** From the dot to the middle of the text, in pixels. */
  readonly dy: number;
  /** The side of the text at the anchor. */
  readonly anchor: "start" | "middle" | "end";
}

const SIZE = 12;
const HEIGHT = 14;
const RADIUS = 5;
const LONGEST = 190;

/** Beside the dot, in the order in which they are tried. */
const SEATS: readonly Omit<Label, "index" | "text">[] = [
  { dx: 9, dy: 0, anchor: "start" },
  { dx: -9, dy: 0, anchor: "end" },
  { dx: 0, dy: -14, anchor: "middle" },
  { dx: 0, dy: 14, anchor: "middle" },
  { dx: 7, dy: -11, anchor: "start" },
  { dx: 7, dy: 11, anchor: "start" },
  { dx: -7, dy: -11, anchor: "end" },
  { dx: -7, dy: 11, anchor: "end" },
];

function boxOf({ x, y }: Dot, { text, dx, dy, anchor }: Omit<Label, "index">): Frame {
  const width = textWidth(text, SIZE);
  const left = x + dx - (anchor === "start" ? 0 : anchor === "end" ? width : width / 2);
  return { left, right: left + width, top: y + dy - HEIGHT / 2, bottom: y + dy + HEIGHT / 2 };
}

/** Whether two boxes share a point. */
function touch(a: Frame, b: Frame): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * The labels of the dots that have room for one inside `frame` and beside `obstacles`, those of the first dots before
 * the others.
 */
export function placeLabels(dots: readonly Dot[], { frame, obstacles = [] }: {
  readonly frame: Frame;
  readonly obstacles?: readonly Frame[];
}): Label[] {
  const taken: Frame[] = [...obstacles];
  const discs = dots.map(({ x, y }): Frame => ({
    left: x - RADIUS,
    right: x + RADIUS,
    top: y - RADIUS,
    bottom: y + RADIUS,
  }));
  return dots.flatMap((dot, index) => {
    const text = shortened(dot.name, { width: LONGEST, size: SIZE });
    for (const seat of SEATS) {
      const box = boxOf(dot, { ...seat, text });
      const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top &&
        box.bottom <= frame.bottom;
      const free = inside && !taken.some((other) => touch(box, other)) &&
        !discs.some((disc, i) => i !== index && touch(box, disc));
      if (!free) continue;
      taken.push(box);
      return [{ index, text, ...seat }];
    }
    return [];
  });
}
