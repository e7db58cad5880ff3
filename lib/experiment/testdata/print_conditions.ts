/** Plans an evaluation, in a process whose environment names the cache; prints the conditions of its cases. */
import { planEvaluation } from "../evaluation_plan.ts";

const [cases] = Deno.args;
const plan = await planEvaluation({ cases, functions: ["relu"] }, { folder: "none", fetch: false });
console.log(JSON.stringify(plan.cases.map(({ name, conditions, images }) => ({ name, conditions, images }))));
