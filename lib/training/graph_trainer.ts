/**
 * Training by graphs: each step is one call of TensorFlow.
 *
 * @module
 */
import {
  engine,
  type Given,
  type LayersModel,
  loadPrograms,
  type Program,
  type Scalar,
  type Tensor,
  traceProgram,
  withBfloat16,
  withTrainingStep,
} from "../engine/mod.ts";
import type { Precision } from "./recipe.ts";
import {
  type Batch,
  crossEntropy,
  evaluation,
  imageShape,
  type Trainer,
  type TrainerOptions,
  TrainerState,
  variablesOf,
} from "./trainer.ts";

/** Options of {@linkcode graphTrainer}. */
export interface GraphTrainerOptions extends TrainerOptions {
  /** The sizes that batches will have: a graph is made for each. */
  readonly sizes: { readonly train: readonly number[]; readonly evaluate: readonly number[] };
  /** In which numbers training multiplies (default: float32); evaluations and sums are float32. */
  readonly precision?: Precision;
}

/** Images and labels of the right shapes. */
function example(model: LayersModel, size: number): { readonly images: Tensor; readonly labels: Tensor } {
  const tf = engine();
  const labels = new Int32Array(size);
  return { images: tf.zeros(imageShape(model, { labels })), labels: tf.tensor1d(labels, "int32") };
}

/** Options of {@linkcode trainingStepProgram}. */
export interface TrainingStepOptions extends Pick<GraphTrainerOptions, "labelSmoothing" | "precision"> {
  /** The number of images. */
  readonly size: number;
  /** Whether the step is recorded twice, to see that it is the same each time (default: true). */
  readonly check?: boolean;
}

/**
 * A training step as a program: from `images`, `labels` and the number of the `step` to the `loss` and the gradients of
 * all weights that are trained. Its variables are all weights of the model. Throws a NotRecordable where a program could
 * not stand for the step.
 */
export function trainingStepProgram(model: LayersModel, options: TrainingStepOptions): Program {
  const { size, check = true, labelSmoothing, precision = "float32" } = options;
  const tf = engine();
  const [variables, trained] = [variablesOf(model, "all"), variablesOf(model, "trainable")];
  const inputs = { ...example(model, size), step: tf.scalar(0, "int32") as Scalar };
  const program = traceProgram(() => {
    const { value, grads } = withTrainingStep(inputs.step, () =>
      tf.variableGrads(() => {
        const logits = model.apply(inputs.images, { training: true }) as Tensor;
        return crossEntropy(logits, inputs.labels, { smoothing: labelSmoothing });
      }, trained));
    return {
      outputs: { loss: value },
      gradients: new Map(trained.map((variable) => [variable, grads[variable.name]])),
    };
  }, { inputs, variables, check });
  return precision === "bfloat16" ? withBfloat16(program) : program;
}

/**
 * Makes a trainer whose steps are graphs. The weights are trained in the graph: `download` brings them into the model.
 * Throws a NotRecordable where a graph could not stand for the network's step.
 */
export function graphTrainer(model: LayersModel, options: GraphTrainerOptions): Trainer {
  const { optimizer, sizes } = options;
  const tf = engine();
  const variables = variablesOf(model, "all");
  const programs: Record<string, Program> = {};
  tf.tidy(() => {
    // one check is enough: the same layers are called for each size
    for (const [i, size] of sizes.train.entries()) {
      programs[`train${size}`] = trainingStepProgram(model, { ...options, size, check: i === 0 });
    }
    for (const size of sizes.evaluate) {
      const inputs = example(model, size);
      programs[`evaluate${size}`] = traceProgram(() => ({ outputs: evaluation(model, inputs) }), {
        inputs,
        variables,
        check: false,
      });
    }
  });
  const loaded = loadPrograms(programs, { variables, optimizer });
  const given = (batch: Batch) => ({
    images: { shape: imageShape(model, batch), values: batch.pixels },
    labels: { shape: [batch.labels.length], values: batch.labels },
  });
  const number = (value: number) => ({ shape: [], values: Float32Array.of(value) });
  const programFor = (kind: "train" | "evaluate", { labels }: Batch): string => {
    if (sizes[kind].includes(labels.length)) return `${kind}${labels.length}`;
    throw new RangeError(`Cannot ${kind} a batch: expected ${sizes[kind].join(" or ")} images, got ${labels.length}`);
  };
  let step = 0;
  return {
    train(batch, { learningRate }) {
      const powers: Record<string, Given> = optimizer.kind === "adam"
        ? { beta1Power: number(optimizer.beta1 ** (step + 1)), beta2Power: number(optimizer.beta2 ** (step + 1)) }
        : {};
      return loaded.run(programFor("train", batch), {
        ...given(batch),
        step: { shape: [], values: Int32Array.of(step++) },
        learningRate: number(learningRate),
        ...powers,
      }).loss;
    },
    evaluate(batch) {
      const { correct, loss } = loaded.run(programFor("evaluate", batch), given(batch));
      return { correct, loss };
    },
    download: loaded.download,
    save: () => new TrainerState(loaded.save(), step),
    restore(state) {
      loaded.restore(state.values);
      step = state.step;
    },
    [Symbol.dispose]: () => loaded[Symbol.dispose](),
  };
}
