/** A line on which a process holds something that others wait for says that it lives so often; in milliseconds. */
export const BEAT_MS = 2_000
/** One that says nothing for so long is ended by the database: its process hangs, or its machine is gone without a word. */
export const LEASE_MS = 10_000
