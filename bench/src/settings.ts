/** What may be set by environment, for short runs while working; results say what was set. */
export interface Settings {
  /** Rows of the generated file of `load`. */
  readonly loadRows: number
  /** Rows of the table of `delivery`. */
  readonly deliveryRows: number
  /** Seconds of each measurement of `delivery`, after `warmUpSeconds`. */
  readonly seconds: number
  readonly warmUpSeconds: number
  /** How often each side is measured; medians are reported. */
  readonly rounds: number
  /** Grants and keys of `scale`. */
  readonly grants: number
  readonly keys: number
  /** Rows of the file of `file`. */
  readonly fileRows: number
  /** Entries of `search`. */
  readonly searchEntries: number
  /** Length of `soak` in minutes, and its calls a second. */
  readonly soakMinutes: number
  readonly soakRate: number
  /** Folder with the public sets of `truth`, each a folder with dirty.csv and clean.csv; null for none. */
  readonly errorSets: string | null
  /** Rows of the table of `capture`, changes a second at its source, and seconds of measuring. */
  readonly captureRows: number
  readonly captureRate: number
  readonly captureSeconds: number
  /** Rows of each table of `connectors`. */
  readonly connectorRows: number
  /** Folder that gets a CPU profile of the product's server in `delivery`; null for none. */
  readonly profileFolder: string | null
}

/** @throws Error for a value that is no whole number above 0 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const count = (name: string, otherwise: number): number => {
    const text = env[name]?.trim() ?? ''
    if (text === '') return otherwise
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`${name} must be a whole number above 0.`)
    return Number(text)
  }
  return {
    loadRows: count('BENCH_ROWS', 10_000_000),
    deliveryRows: count('BENCH_TABLE_ROWS', 200_000),
    seconds: count('BENCH_SECONDS', 8),
    // A slow machine asks each of the keys once in that time.
    warmUpSeconds: 6,
    rounds: count('BENCH_ROUNDS', 3),
    grants: count('BENCH_GRANTS', 10_000),
    keys: count('BENCH_KEYS', 1_000),
    fileRows: count('BENCH_FILE_ROWS', 2_000_000),
    searchEntries: count('BENCH_ENTRIES', 500_000),
    soakMinutes: count('BENCH_SOAK_MINUTES', 30),
    soakRate: count('BENCH_SOAK_RATE', 1_000),
    errorSets: env['BENCH_ERROR_SETS']?.trim() || null,
    captureRows: count('BENCH_CAPTURE_ROWS', 100_000),
    captureRate: count('BENCH_CAPTURE_RATE', 500),
    captureSeconds: count('BENCH_CAPTURE_SECONDS', 60),
    connectorRows: count('BENCH_CONNECTOR_ROWS', 1_000_000),
    profileFolder: env['BENCH_PROFILE']?.trim() || null,
  }
}
