import { assertEquals } from "@std/assert";
import { random } from "../random.ts";
import { derivative } from "./derivative.ts";
import { format } from "./format.ts";
import { PointValues } from "./point_values.ts";
import { runSteps, type Step, tapeOf } from "./tape.ts";
import { randomExpression } from "./testdata/random_expressions.ts";

const POINTS = Float64Array.from([-30, -1.5, -0.2, 0, 0.4, 2, 9]);

Deno.test("PointValues: the results of 2,000 tapes, one after the other, are those of runSteps", () => {
  const rng = random(5);
  const [exact, wrong] = [new PointValues(POINTS), new PointValues(POINTS)];
  for (let i = 0; i < 2000; i++) {
    const e = randomExpression(1 + i % 5, { rng });
    const tape = tapeOf([e, derivative(e)]);
    const factorOf = ({ kind }: Step, index: number) => kind === "call" ? 1 + index % 3 / 1024 : 1;
    assertEquals(exact.run(tape), runSteps(tape, POINTS), format(e));
    const round = (value: number, step: number) => value * factorOf(tape.steps[step], step);
    assertEquals(wrong.run(tape, factorOf), runSteps(tape, POINTS, { round }), format(e));
  }
});
