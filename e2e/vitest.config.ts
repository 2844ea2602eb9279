import { defineConfig } from 'vitest/config'

/** Browser journeys: one real server with the demonstration city for all of them, one file after the other. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.journey.ts'],
    globalSetup: ['src/city.ts'],
    fileParallelism: false,
    pool: 'threads',
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
})
