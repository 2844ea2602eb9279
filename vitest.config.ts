import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/**
 * How long a test may take: a bound for what hangs, never a judgement of speed, so wide enough for a busy machine.
 */
const PATIENCE = { testTimeout: 180_000, hookTimeout: 240_000, expect: { poll: { timeout: 30_000 } } }

/** Test files side by side; more of them than processors would only make each slower. */
const AT_ONCE = availableParallelism()

/** Two kinds of tests: `unit` needs nothing; `db` gets one PostgreSQL for all files (see metadata-store/src/testing). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'apps/**/*.test.{ts,tsx}', 'bench/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.db.test.ts'],
          pool: 'threads',
          isolate: false,
          maxWorkers: AT_ONCE,
          ...PATIENCE,
        },
      },
      {
        test: {
          name: 'db',
          include: ['packages/**/*.db.test.ts', 'apps/**/*.db.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['packages/adapters/metadata-store/src/testing/global-setup.ts'],
          pool: 'threads',
          maxWorkers: AT_ONCE,
          // Units first: their fault is found in a minute.
          sequence: { groupOrder: 1 },
          ...PATIENCE,
        },
      },
    ],
  },
})
