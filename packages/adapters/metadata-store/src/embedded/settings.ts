import { totalmem } from 'node:os'

/** What the server's settings depend on. */
export interface ServerSettings {
  readonly socketDir: string
  readonly maxConnections: number
  /** False only for throw-away stores of tests: nothing survives a power cut. */
  readonly durable: boolean
}

/**
 * Settings given on the command line at each start, so that a new program brings its own and the files in the data
 * folder stay as `initdb` wrote them.
 */
export function serverArguments({ socketDir, maxConnections, durable }: ServerSettings): string[] {
  const totalMiB = totalmem() / 2 ** 20
  const durability = durable ? 'on' : 'off'
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    max_connections: String(maxConnections),
    shared_buffers: !durable ? '64MB' : totalMiB < 2048 ? '128MB' : '256MB',
    effective_cache_size: `${Math.max(256, Math.floor(totalMiB / 3))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    fsync: durability,
    synchronous_commit: durability,
    full_page_writes: durability,
    // In tests the server is also a source whose changes are captured.
    wal_level: durable ? 'replica' : 'logical',
    wal_compression: 'on',
    max_wal_size: '2GB',
    // Solid-state disks, as everywhere now: an index read costs hardly more than a sequential one.
    random_page_cost: '1.1',
    // Compiling a plan costs more than it saves in queries of milliseconds.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
