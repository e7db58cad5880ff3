/**
 * Regression by a Gaussian process (Rasmussen, Williams, "Gaussian Processes for Machine Learning", 2006, algorithm 2.1),
 * to which observations are added one by one.
 *
 * @module
 */

/** Options of {@linkcode GaussianProcess}. */
export interface GaussianProcessOptions {
  /** The covariance of the function's values at two points. */
  readonly kernel: (a: Float64Array, b: Float64Array) => number;
  /** The variance of an observation about the function. */
  readonly noise: number;
}

/** A prediction. */
export interface Prediction {
  readonly mean: number;
  /** Of the function, without the noise of an observation. */
  readonly standardDeviation: number;
}

/** A point whose prediction is wanted again and again, with what was computed for it. */
interface Query {
  readonly point: Float64Array;
  /** L⁻¹ k, as far as it was computed. */
  readonly solved: number[];
  /** The variance that the observations leave. */
  variance: number;
}

/** A Gaussian process with mean 0. Adding the n-th observation takes n² steps, and a prediction n more for each query. */
export class GaussianProcess {
  readonly #kernel: GaussianProcessOptions["kernel"];
  readonly #noise: number;
  readonly #points: Float64Array[] = [];
  /** The rows of the Cholesky factor L of K + noise. */
  readonly #factor: Float64Array[] = [];
  readonly #queries = new WeakMap<Float64Array, Query>();

  /** Has no observations yet. */
  constructor({ kernel, noise }: GaussianProcessOptions) {
    this.#kernel = kernel;
    this.#noise = noise;
  }

  /** The number of observations. */
  get size(): number {
    return this.#points.length;
  }

  /** Adds the place of an observation. */
  add(point: Float64Array): void {
    const n = this.#points.length;
    const row = new Float64Array(n + 1);
    let rest = this.#kernel(point, point) + this.#noise;
    for (let i = 0; i < n; i++) {
      row[i] = (this.#kernel(point, this.#points[i]) - dot(row, this.#factor[i], i)) / this.#factor[i][i];
      rest -= row[i] ** 2;
    }
    row[n] = Math.sqrt(Math.max(rest, 1e-12));
    this.#points.push(point);
    this.#factor.push(row);
  }

  /** Weights of what was observed, in the order in which the places were added; for {@linkcode predict}. */
  fit(values: readonly number[]): Float64Array {
    const solved = new Float64Array(values.length);
    for (let i = 0; i < values.length; i++) {
      solved[i] = (values[i] - dot(solved, this.#factor[i], i)) / this.#factor[i][i];
    }
    return solved;
  }

  /** The prediction at a point, which must not change: what is computed for it is kept. */
  predict(point: Float64Array, fitted: Float64Array): Prediction {
    let query = this.#queries.get(point);
    if (!query) this.#queries.set(point, query = { point, solved: [], variance: this.#kernel(point, point) });
    const { solved } = query;
    for (let i = solved.length; i < this.#points.length; i++) {
      const value = (this.#kernel(point, this.#points[i]) - dot(solved, this.#factor[i], i)) / this.#factor[i][i];
      solved.push(value);
      query.variance -= value ** 2;
    }
    return {
      mean: dot(solved, fitted, fitted.length),
      standardDeviation: Math.sqrt(Math.max(query.variance, 0)),
    };
  }

  /** The logarithm of the probability density of the values. */
  logLikelihood(values: readonly number[]): number {
    const fitted = this.fit(values);
    return this.#factor.reduce(
      (sum, row, i) => sum - fitted[i] ** 2 / 2 - Math.log(row[i]) - Math.log(2 * Math.PI) / 2,
      0,
    );
  }
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[i] * b[i];
  return sum;
}

/** The Matérn covariance with ν = 3/2, of unit variance: functions with one derivative. */
export function matern(length: number): (a: Float64Array, b: Float64Array) => number {
  return (a, b) => {
    let squares = 0;
    for (let i = 0; i < a.length; i++) squares += (a[i] - b[i]) ** 2;
    const r = Math.sqrt(3 * squares) / length;
    return (1 + r) * Math.exp(-r);
  };
}
