import { assertEquals } from "@std/assert";
import { studyJson, trialsCsv } from "./export.ts";
import type { Trial } from "./trial.ts";

const COMMON = { seed: 1, startedAt: "2024-01-01T00:00:00.000Z", seconds: 1.25 };
const EPOCH = { epoch: 1, trainLoss: NaN, validationLoss: Infinity, validationAccuracy: 0.5, seconds: 1, images: 32 };

const TRIALS: Trial[] = [
  {
    ...COMMON,
    number: 0,
    label: "search",
    recipe: { network: "phi", epochs: 2 },
    formula: 'min(x, "a")',
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
    label: "final",
    recipe: { network: "phi", epochs: 2 },
    formula: "x",
    identity: "x",
    test: true,
    origin: { generation: 3, parents: ["x", "-x"] },
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
    machine: { host: "gpu1", kind: "tensorflow 2.21.0 gpu" },
  },
  {
    ...COMMON,
    number: 2,
    label: "search",
    recipe: { network: "phi", epochs: 2 },
    formula: "exp(x)",
    identity: "e",
    test: false,
    epochs: [],
    outcome: { kind: "diverged", fitness: 0, epoch: 3 },
    attempts: 1,
  },
  {
    ...COMMON,
    number: 3,
    label: "search",
    recipe: { network: "phi", epochs: 2 },
    formula: "cos(x)",
    identity: "c",
    test: false,
    epochs: [],
    outcome: { kind: "failed", reason: "the worker ended\r\nwith \x9bcode 1", attempts: 3 },
    attempts: 3,
  },
];

Deno.test("CSV as in RFC 4180", () => {
  assertEquals(
    [...trialsCsv(TRIALS)].join(""),
    [
      "number,label,status,formula,genome,identity,seed,test,recipe,origin,fitness,validationAccuracy,validationLoss," +
      "testAccuracy,testLoss,divergedEpoch,reason,epochs,startedAt,seconds,attempts,workerPid,machine",
      '0,search,stopped,"min(x, ""a"")",2 9 0,"one\ntwo",1,false,"{""epochs"":2,""network"":""phi""}",,0.1,0.2,2,,,,,1,2024-01-01T00:00:00.000Z,1.25,1,42,',
      '1,final,complete,x,,x,1,true,"{""epochs"":2,""network"":""phi""}","{""generation"":3,""parents"":[""x"",""-x""]}",1e-7,1,10000000,0,0.5,,,0,2024-01-01T00:00:00.000Z,1.25,2,,gpu1: tensorflow 2.21.0 gpu',
      '2,search,diverged,exp(x),,e,1,false,"{""epochs"":2,""network"":""phi""}",,0,,,,,3,,0,2024-01-01T00:00:00.000Z,1.25,1,,',
      '3,search,failed,cos(x),,c,1,false,"{""epochs"":2,""network"":""phi""}",,,,,,,,"the worker ended\r\nwith \\x9bcode 1",0,2024-01-01T00:00:00.000Z,1.25,3,,',
      "",
    ].join("\r\n"),
  );
});

Deno.test("JSON with everything, NaN and the infinities as texts", () => {
  const head = { name: "s", createdAt: "2024-01-01T00:00:00.000Z", seed: 1, settings: { epochs: 2 } };
  const [first, ...others] = TRIALS;
  assertEquals(JSON.parse(studyJson(head, TRIALS)), {
    ...head,
    trials: [{ ...first, epochs: [{ ...EPOCH, trainLoss: "NaN", validationLoss: "Infinity" }] }, ...others],
  });
});
