/**
 * The door of `tables`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { type CaseScore, caseScoreRows } from "./case_scores.ts";
export type { CellValue, Table, TableOptions } from "./cells.ts";
export { type ComparisonFormat, type ComparisonFormatOptions, formatComparison } from "./comparison_formats.ts";
export type { ReadScoresOptions } from "./csv_lines.ts";
export { csvTable } from "./csv_table.ts";
export { type Danfo, type DataFrame, dataFrame, type Row } from "./data_frame.ts";
export { type FinalistRow, type FinalistsOptions, finalistsTable } from "./finalists.ts";
export { htmlTable } from "./html_table.ts";
export { type LatexOptions, latexTable, latexText } from "./latex_table.ts";
export { markdownTable } from "./markdown_table.ts";
export {
  compareTrainings,
  PAPER_TABLES,
  paperFrame,
  type PaperTable,
  type PaperTableName,
  paperTables,
} from "./paper_tables.ts";
export type { Published } from "./published.ts";
export { readScores } from "./read_scores.ts";
export { textTable } from "./text_table.ts";
export { type TrainingFigures, trainingRows } from "./training_rows.ts";
export { type CaseTable, caseTable, readTrainings, type Training } from "./trainings.ts";
export { writeResults, type WriteResultsOptions } from "./write_results.ts";
