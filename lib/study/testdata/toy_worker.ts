/**
 * A worker for tests: scores a function by a number drawn from its formula and seed, after `recipe.milliseconds` for
 * each of `recipe.epochs` epochs. Its formula may ask it to misbehave instead.
 *
 * @module
 */
import { random } from "../../random.ts";
import { UserError } from "../../user_error.ts";
import { serve } from "../protocol.ts";
import type { Outcome } from "../../training/mod.ts";

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

function hang(): never {
  while (true);
}

serve<{ readonly epochs: number; readonly milliseconds: number; readonly file?: string }>({
  prepare(init) {
    const { refuse, die } = (init ?? {}) as { refuse?: string; die?: string };
    console.log("preparing");
    if (refuse) throw new UserError(refuse);
    if (die) {
      console.error(die);
      Deno.exit(9);
    }
    return { pid: Deno.pid };
  },
  async run({ formula, recipe, seed }, { onEpoch, signal }): Promise<Outcome> {
    switch (formula) {
      case "exit":
        console.error("the last words");
        return Deno.exit(3);
      case "throw":
        throw new TypeError("no such kernel");
      case "read":
        Deno.readTextFileSync("/no/such/file");
        break;
      case "import":
        await import("file:///no/such/module.ts" as string);
        break;
      case "allocate":
        new ArrayBuffer(8e15);
        break;
      case "crowded": // as TensorFlow's binding for Node says it
        throw new Error("Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[512,512,512,512]");
      case "bad_alloc": // as C++'s runtime says it before it aborts
        console.error("terminate called after throwing an instance of 'std::bad_alloc'");
        return Deno.exit(134);
      case "refuse":
        throw new UserError("the data set is gone");
      case "hang":
        return hang();
      case "infinite":
        return { kind: "complete", fitness: Infinity, validationAccuracy: 1, validationLoss: 0 };
      case "print":
        console.log("a line for standard error");
        Deno.stdout.writeSync(new TextEncoder().encode("a line of a native library\nand half a line"));
        break;
      case "linger":
        onEpoch({ epoch: 1, trainLoss: 1, validationLoss: 1, validationAccuracy: 0.5, seconds: 1, images: 32 });
        while (!(await Deno.readTextFile(recipe.file!))) await pause(5);
        return { kind: "complete", fitness: 1, validationAccuracy: 1, validationLoss: 1 };
      case "diverge":
        onEpoch({
          epoch: 1,
          trainLoss: NaN,
          validationLoss: Infinity,
          validationAccuracy: 0.1,
          seconds: 0.5,
          images: 32,
        });
        return { kind: "diverged", fitness: 0, epoch: 1 };
    }
    const rng = random(seed).split(formula);
    for (let epoch = 1; epoch <= recipe.epochs; epoch++) {
      await pause(recipe.milliseconds);
      signal.throwIfAborted();
      onEpoch({
        epoch,
        trainLoss: rng.next(),
        validationLoss: rng.next(),
        validationAccuracy: rng.next(),
        seconds: 1,
        images: 32,
      });
    }
    const [fitness, validationAccuracy, validationLoss] = [rng.next(), rng.next(), rng.next()];
    const scores = { fitness, validationAccuracy, validationLoss };
    return fitness < 0.2 ? { kind: "stopped", ...scores } : { kind: "complete", ...scores };
  },
});
