/**
 * Places for the names of dots, so that no name covers another, or a dot, or leaves the frame; numbers for the dots that
 * have no room for a name.
 *
 * @module
 */
import { shortened, textWidth } from "./text_width.ts";

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

/** A name, or a number in its place, and where it stands beside its dot. */
export interface Label {
  /** Which dot. */
  readonly index: number;
  /** The name, shortened where it is very long, or the number. */
  readonly text: string;
  /** Whether the text is a number, from 1 on: there was no room for the name. */
  readonly isNumber: boolean;
  /** From the dot to the anchor of the text, in pixels. */
  readonly dx: number;
  /** From the dot to the middle of the text, in pixels. */
  readonly dy: number;
  /** The side of the text at the anchor. */
  readonly anchor: "start" | "middle" | "end";
  /** The ends of a line from the dot to a text further away. */
  readonly leader?: readonly [Position, Position];
}

/** A point, in pixels. */
export type Position = Pick<Dot, "x" | "y">;

type Seat = Pick<Label, "dx" | "dy" | "anchor">;

const SIZE = 12;
const HEIGHT = 14;
const RADIUS = 5;
const LONGEST = 190;

/** Beside the dot, in the order in which they are tried. */
const NEAR: readonly Seat[] = [
  { dx: 9, dy: 0, anchor: "start" },
  { dx: -9, dy: 0, anchor: "end" },
  { dx: 0, dy: -14, anchor: "middle" },
  { dx: 0, dy: 14, anchor: "middle" },
  { dx: 7, dy: -11, anchor: "start" },
  { dx: 7, dy: 11, anchor: "start" },
  { dx: -7, dy: -11, anchor: "end" },
  { dx: -7, dy: 11, anchor: "end" },
];

/** Around the dot, `distance` pixels away. */
function ring(distance: number): Seat[] {
  return Array.from({ length: 16 }, (_, i): Seat => {
    const [cosine, sine] = [Math.cos(i * Math.PI / 8), Math.sin(i * Math.PI / 8)];
    const anchor = cosine > 0.2 ? "start" : cosine < -0.2 ? "end" : "middle";
    return { dx: distance * cosine, dy: distance * sine, anchor };
  });
}

const FAR = [26, 42].flatMap(ring);
const FARTHEST = [60, 80, 110, 150, 200].flatMap(ring);

function boxOf({ x, y }: Position, { text, dx, dy, anchor }: Seat & { readonly text: string }): Frame {
  const width = textWidth(text, SIZE);
  const left = x + dx - (anchor === "start" ? 0 : anchor === "end" ? width : width / 2);
  return { left, right: left + width, top: y + dy - HEIGHT / 2, bottom: y + dy + HEIGHT / 2 };
}

/** The square around a point. */
function square({ x, y }: Position, radius: number): Frame {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

/** Whether two boxes share a point. */
function touch(a: Frame, b: Frame): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The line from the dot to a text that does not stand beside it. */
function leaderOf({ x, y }: Position, { dx, dy, anchor }: Seat): Label["leader"] {
  const length = Math.hypot(dx, dy);
  if (length < FAR[0].dx) return undefined;
  const end = anchor === "middle" ? length - HEIGHT / 2 : length - 3;
  const at = (distance: number): Position => ({ x: x + distance * dx / length, y: y + distance * dy / length });
  return [at(RADIUS), at(end)];
}

/** Small boxes along a line, but for its beginning, where the lines of dots that lie together begin. */
function boxesAlong([from, to]: readonly [Position, Position]): Frame[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const count = Math.ceil(length / 3);
  const all = Array.from({ length: count + 1 }, (_, i): Position => ({
    x: from.x + (to.x - from.x) * i / count,
    y: from.y + (to.y - from.y) * i / count,
  }));
  return all.filter((_, i) => length * i / count > 2 * RADIUS).map((point) => square(point, 1));
}

/**
 * The labels of the dots inside `frame` and beside `obstacles`, which lines to labels may cross. The first `first` dots
 * get their names before the others, and far away if need be. Dots that find no room for their name get a number.
 * Where there is room for neither, there is no label.
 */
export function placeLabels(dots: readonly Dot[], { frame, obstacles = [], first = 0 }: {
  readonly frame: Frame;
  readonly obstacles?: readonly Frame[];
  readonly first?: number;
}): Label[] {
  const taken: Frame[] = [];
  const discs = dots.map((dot) => square(dot, RADIUS));
  const isInside = (box: Frame) =>
    box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
  const isFree = (box: Frame) => ![...taken, ...discs].some((other) => touch(box, other));
  const labels = new Map<number, Label>();
  const nameOf = (index: number) => shortened(dots[index].name, { width: LONGEST, size: SIZE });
  const place = (indices: readonly number[], { seats, numbers, crossing = false }: {
    readonly seats: readonly Seat[];
    /** Numbers take the place of names, in this order of dots. */
    readonly numbers?: readonly number[];
    /** Whether lines may cross labels. */
    readonly crossing?: boolean;
  }) => {
    for (const index of indices.filter((index) => !labels.has(index))) {
      const text = numbers ? `${numbers.indexOf(index) + 1}` : nameOf(index);
      for (const seat of seats) {
        const box = boxOf(dots[index], { ...seat, text });
        const leader = leaderOf(dots[index], seat);
        const line = leader ? boxesAlong(leader) : [];
        if (!isInside(box) || obstacles.some((other) => touch(box, other)) || !isFree(box)) continue;
        if (!crossing && !line.every(isFree)) continue;
        taken.push(box, ...line);
        labels.set(index, { index, text, isNumber: numbers !== undefined, ...seat, leader });
        break;
      }
    }
  };
  const all = [...dots.keys()];
  for (const seats of [NEAR, FAR, FARTHEST]) place(all.slice(0, first), { seats });
  place(all.slice(0, first), { seats: [...FAR, ...FARTHEST], crossing: true });
  for (const seats of [NEAR, FAR]) place(all.slice(first), { seats });
  const numbers = all.filter((index) => !labels.has(index));
  for (const crossing of [false, true]) place(numbers, { seats: [...NEAR, ...FAR, ...FARTHEST], numbers, crossing });
  return [...labels.values()].sort((a, b) => a.index - b.index);
}
