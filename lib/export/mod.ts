/**
 * The door of `export`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { EXPORT_TARGETS, exportActivation, type ExportOptions, type ExportTarget } from "./export_activation.ts";
