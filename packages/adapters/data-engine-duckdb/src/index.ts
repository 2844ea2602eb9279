export { createDuckDbEngine } from './duckdb-engine.ts'
export type { DuckDbOptions } from './session.ts'
