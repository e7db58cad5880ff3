import { assertEquals } from "@std/assert";
import { studyJson, trialsCsv } from "./export.ts";
import type { Trial } from "./trial.ts";

const COMMON = { seed: 1, startedAt: "2024-01-01T00:00:00.000Z", seconds: 1.25 };
const EPOCH = { epoch: 1, trainLoss: NaN, validationLoss: Infinity, validationAccuracy: 0.5, seconds: 1 };

const TRIALS: Trial[] = [
  {
    ...COMMON,
    number: 0,
    kind: "search",
    expression: 'min(x, "a")',
    genome: [2, 9, 0],
    identity: "one\ntwo",
    test: false,
    epochs: [EPOCH],
    outcome: { kind: "stopped", fitness: 0.1, validationAccuracy: 0.2, validationLoss: 2 },
    attempts: 1,
    workerPid: 42,
  },
  {
    ...COMMON,
    number: 1,
    kind: "final",
    expression: "x",
    identity: "x",
    test: true,
    conditions: { network: "phi", epochs: 2 },
    epochs: [],
    outcome: {
      kind: "complete",
      fitness: 1e-7,
      validationAccuracy: 1,
      validationLoss: 1e7,
      testAccuracy: 0,
      testLoss: 0.5,
    },
    attempts: 2,
  },
  {
    ...COMMON,
    number: 2,
    kind: "search",
    expression: "exp(x)",
    identity: "e",
    test: false,
    epochs: [],
    outcome: { kind: "diverged", fitness: 0, epoch: 3 },
    attempts: 1,
  },
  {
    ...COMMON,
    number: 3,
    kind: "search",
    expression: "cos(x)",
    identity: "c",
    test: false,
    epochs: [],
    outcome: { kind: "failed", reason: "the worker ended\r\nwith code 1", attempts: 3 },
    attempts: 3,
  },
];

Deno.test("CSV as in RFC 4180", () => {
  assertEquals(
    trialsCsv(TRIALS),
    [
      "number,kind,status,expression,genome,identity,seed,test,conditions,fitness,validationAccuracy,validationLoss," +
      "testAccuracy,testLoss,divergedEpoch,reason,epochs,startedAt,seconds,attempts,workerPid",
      '0,search,stopped,"min(x, ""a"")",2 9 0,"one\ntwo",1,false,,0.1,0.2,2,,,,,1,2024-01-01T00:00:00.000Z,1.25,1,42',
      '1,final,complete,x,,x,1,true,"{""epochs"":2,""network"":""phi""}",1e-7,1,10000000,0,0.5,,,0,2024-01-01T00:00:00.000Z,1.25,2,',
      "2,search,diverged,exp(x),,e,1,false,,0,,,,,3,,0,2024-01-01T00:00:00.000Z,1.25,1,",
      '3,search,failed,cos(x),,c,1,false,,,,,,,,"the worker ended\r\nwith code 1",0,2024-01-01T00:00:00.000Z,1.25,3,',
      "",
    ].join("\r\n"),
  );
});

Deno.test("JSON with everything, NaN and the infinities as texts", () => {
  const head = { name: "s", createdAt: "2024-01-01T00:00:00.000Z", seed: 1, settings: { epochs: 2 }, dataDigest: "d" };
  const [first, ...others] = TRIALS;
  assertEquals(JSON.parse(studyJson(head, TRIALS)), {
    ...head,
    trials: [{ ...first, epochs: [{ ...EPOCH, trainLoss: "NaN", validationLoss: "Infinity" }] }, ...others],
  });
});
