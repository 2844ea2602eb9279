import { defineConfig } from 'vitest/config'

/** Browser journeys: one real server with the demonstration city for all of them, one file after the other. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.journey.ts'],
    globalSetup: ['src/city.ts'],
    fileParallelism: false,
    // Two pages at a time: each waits as much as it works.
    maxConcurrency: 2,
    expect: { poll: { timeout: 30_000 } },
    pool: 'threads',
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
})
