/**
 * What a machine is that trains: its engine, processor and version of the lab, and its kind in a line. Trials of machines of
 * one kind are equal to the bit.
 *
 * @module
 */
import { cpus } from "node:os";
import { z } from "zod";
import { type EngineInfo, ENGINES } from "../engine/mod.ts";
import { type Precision, PRECISIONS } from "../training/mod.ts";

const machineSchema = z.object({
  /** The version of the lab, see {@linkcode labVersion}. */
  lab: z.string(),
  engine: z.object({
    name: z.enum(ENGINES),
    version: z.string(),
    device: z.enum(["cpu", "gpu"]),
    kernel: z.boolean(),
    bfloat16: z.boolean(),
  }),
  /** The model of what computes. */
  processor: z.string(),
  /** In which it can train. */
  precisions: z.array(z.enum(PRECISIONS)),
  /** Threads of one operation. */
  threads: z.number().int().min(1),
  /** Digests of the data sets that it has, as far as it was asked for them. */
  datasets: z.record(z.string(), z.string()),
  /** Digests of the networks of one's own that it was given. */
  networks: z.array(z.string()),
});

/** A machine, as a worker announces it. */
export type Machine = Readonly<z.output<typeof machineSchema>>;

/** What a worker has announced; undefined where it is not a machine. */
export function readMachine(record: unknown): Machine | undefined {
  return machineSchema.safeParse(record).data;
}

/** What computes, in a line: engine, version, device, whose operations, processor. */
export function kindOf({ engine, processor }: Pick<Machine, "engine" | "processor">): string {
  const { name, version, device, kernel } = engine;
  return `${name} ${version} ${device}${kernel ? " with kernel" : ""}, ${processor}`;
}

/** The precisions in which an engine trains. */
export function precisionsOf({ name }: EngineInfo): Precision[] {
  return name === "tensorflow" ? [...PRECISIONS] : ["float32"];
}

/** The model of what computes on this machine; of a processor with the instructions that TensorFlow chooses code by. */
export function processorOf({ device }: Pick<EngineInfo, "device">): string {
  if (device === "gpu") return graphicsCard();
  const model = cpus()[0]?.model.replace(/\s+/g, " ").trim() || Deno.build.arch;
  const best = instructions();
  return best === undefined ? model : `${model} (${best})`;
}

/** Instruction sets for which oneDNN has code of its own, the latest first, as Linux names them. */
const INSTRUCTIONS = ["amx_bf16", "avx512_bf16", "avx512_vnni", "avx512f", "avx_vnni", "avx2", "avx"];

function instructions(): string | undefined {
  try {
    const flags = /^flags\s*:(.*)$/m.exec(Deno.readTextFileSync("/proc/cpuinfo"))?.[1].trim().split(/\s+/) ?? [];
    return INSTRUCTIONS.find((name) => flags.includes(name));
  } catch {
    return undefined; // no Linux
  }
}

/** The model of the first graphics card, as NVIDIA's driver has it. */
function graphicsCard(): string {
  const folder = "/proc/driver/nvidia/gpus";
  try {
    for (const { name } of Deno.readDirSync(folder)) {
      const model = /^Model:\s*(.+)$/m.exec(Deno.readTextFileSync(`${folder}/${name}/information`));
      if (model) return model[1].trim();
    }
  } catch {
    // another maker's, or hidden
  }
  return "unknown gpu";
}
