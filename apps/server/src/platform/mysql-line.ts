import { connect, type Socket } from 'node:net'

/**
 * A line to the address that was checked, under the name that was given. The driver says no name to TLS when it is an address, and TLS then holds the
 * certificate against what the line calls itself, or else against `localhost`.
 */
export const mysqlLine = (address: string, port: number, host: string): Socket => Object.assign(connect({ host: address, port }), { _host: host })
