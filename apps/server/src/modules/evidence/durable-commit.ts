/**
 * SQL of a value whose making turns "perhaps written" into "written" for commits of this transaction, or of this session from now on: a server
 * set up for speed (`synchronous_commit = off`) must not lose in a crash what was answered. A stricter setting stays.
 * @see https://www.postgresql.org/docs/current/wal-async-commit.html
 */
export const durableCommit = (scope: 'transaction' | 'session'): string =>
  `set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on' else current_setting('synchronous_commit') end, ${scope === 'transaction'})`
