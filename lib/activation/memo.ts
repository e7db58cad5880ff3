/**
 * Memory of what was made once, by the parts it was made of. It knows nothing of expressions.
 *
 * @module
 */

type Part = string | number;

interface Branch<Result> {
  next: Map<Part, Branch<Result>> | undefined;
  result: Result | undefined;
}

const branch = <Result>(): Branch<Result> => ({ next: undefined, result: undefined });

/**
 * Results by lists of names and numbers: a tree of maps, for which no key has to be written as a text. When it holds
 * `most` results it forgets all.
 */
export class Memo<Result> {
  private root = branch<Result>();
  private count = 0;

  /** Empty. */
  constructor(private readonly most = Infinity) {}

  /** The number of results it holds. */
  get size(): number {
    return this.count;
  }

  /** Forgets all. */
  clear(): void {
    this.root = branch();
    this.count = 0;
  }

  /** The result for these parts, from `make` where it is not known. */
  of(parts: readonly Part[], make: () => Result): Result {
    let at = this.root;
    for (const part of parts) {
      at.next ??= new Map();
      let next = at.next.get(part);
      if (!next) at.next.set(part, next = branch());
      at = next;
    }
    if (at.result === undefined) {
      at.result = make();
      if (++this.count >= this.most) this.clear();
    }
    return at.result;
  }
}
