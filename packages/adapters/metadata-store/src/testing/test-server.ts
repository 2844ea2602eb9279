/** The PostgreSQL server of a test run, as `global-setup.ts` provides it to the test files. */
export interface TestServer {
  /** URL of a database in which test databases may be created. */
  readonly url: string
  /** Part of the name of each database made by this run. */
  readonly runId: string
}

declare module 'vitest' {
  interface ProvidedContext {
    datongTestServer: TestServer
  }
}
