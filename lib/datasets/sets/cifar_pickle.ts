/**
 * Reads the edition of CIFAR-10 for Python, `cifar-10-python.tar.gz`: dictionaries with the labels and a NumPy array of
 * the pixels, pickled by Python 2. Only data is built of a pickle, nothing in it is called.
 *
 * @module
 */

/** Whether bytes are a pickle of protocol 2. */
export function isPickle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && bytes[1] === 2 && bytes.at(-1) === 0x2e;
}

/** Labels and pixels of a batch, the pixels as CIFAR's binary format has them: red, then green, then blue. */
export function readPickledBatch(bytes: Uint8Array): { labels: number[]; data: Uint8Array } {
  const batch = unpickle(bytes);
  if (!(batch instanceof Map)) throw new Error("expected a dictionary");
  const [labels, array] = [batch.get("labels"), batch.get("data")];
  const data = array instanceof Unbuilt && Array.isArray(array.state) ? array.state.at(-1) : undefined;
  if (!Array.isArray(labels) || !labels.every(Number.isInteger) || !(data instanceof Uint8Array)) {
    throw new Error("expected labels and an array of data");
  }
  return { labels, data };
}

/** What a pickle would call a function for, and the state that it would give the result. */
class Unbuilt {
  state: unknown;
}

const MARK = Symbol("mark");

/** The value of a pickle: a dictionary is a Map, a list or a tuple an array, a long text bytes. */
function unpickle(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: unknown[] = [];
  const memo: unknown[] = [];
  let at = 0;
  const byte = () => view.getUint8(at++);
  const integer = () => view.getInt32((at += 4) - 4, true);
  const piece = (length: number) => {
    if (length < 0 || at + length > bytes.length) throw new Error("it is cut off");
    return bytes.subarray(at, at += length);
  };
  const text = (length: number) => new TextDecoder("latin1").decode(piece(length));
  const line = () => text(bytes.indexOf(10, at) - at + 1);
  /** Takes off what is above the mark. */
  const popMarked = () => {
    const mark = stack.lastIndexOf(MARK);
    if (mark < 0) throw new Error("a mark is missing");
    return stack.splice(mark).slice(1);
  };
  const pop = (count: number) => stack.splice(stack.length - count);
  const operations: Record<string, () => unknown> = {
    "\x80": byte, // the protocol
    "(": () => stack.push(MARK),
    "}": () => stack.push(new Map()),
    "]": () => stack.push([]),
    "N": () => stack.push(null),
    "\x88": () => stack.push(true),
    "\x89": () => stack.push(false),
    "K": () => stack.push(byte()),
    "M": () => stack.push(view.getUint16((at += 2) - 2, true)),
    "J": () => stack.push(integer()),
    "U": () => stack.push(text(byte())),
    "T": () => stack.push(piece(integer())),
    "c": () => stack.push(`${line()}${line()}`), // a function's name
    "q": () => memo[byte()] = stack.at(-1),
    "r": () => memo[integer()] = stack.at(-1),
    "h": () => stack.push(memo[byte()]),
    "j": () => stack.push(memo[integer()]),
    "t": () => stack.push(popMarked()),
    "\x85": () => stack.push(pop(1)),
    "\x86": () => stack.push(pop(2)),
    "\x87": () => stack.push(pop(3)),
    "a": () => extend(stack.at(-2), pop(1)),
    "e": () => {
      const items = popMarked();
      extend(stack.at(-1), items);
    },
    "s": () => setItems(stack.at(-3), pop(2)),
    "u": () => {
      const pairs = popMarked();
      setItems(stack.at(-1), pairs);
    },
    "R": () => stack.push((pop(2), new Unbuilt())),
    "b": () => {
      const [target, state] = [stack.at(-2), ...pop(1)];
      if (target instanceof Unbuilt) target.state = state;
    },
  };
  while (at < bytes.length) {
    const code = String.fromCharCode(byte());
    if (code === ".") return stack.pop();
    if (!Object.hasOwn(operations, code)) throw new Error(`unknown operation ${JSON.stringify(code)}`);
    operations[code]();
  }
  throw new Error("it is cut off");
}

function extend(list: unknown, items: readonly unknown[]): void {
  if (!Array.isArray(list)) throw new Error("expected a list");
  for (const item of items) list.push(item);
}

function setItems(dictionary: unknown, pairs: readonly unknown[]): void {
  if (!(dictionary instanceof Map)) throw new Error("expected a dictionary");
  for (let i = 0; i < pairs.length; i += 2) dictionary.set(pairs[i], pairs[i + 1]);
}
