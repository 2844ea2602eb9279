import { AppError } from '@datong/kernel'
import type { Connection } from 'mysql2'
import { createHash } from 'node:crypto'
import type { CapturedTable } from '../captured-source.ts'
import type { ChangeStream, StreamEvent } from '../change-stream.ts'
import { createEventQueue } from '../event-queue.ts'
import { createChecksumStripper, readEvent, type TableMap } from './binlog-events.ts'
import { readRows } from './read-rows.ts'
import { valueColumn } from './value-columns.ts'

/** A place between two transactions in the log of a server: `mariadb-bin.000003:1234`. */
export const positionText = (file: string, at: number): string => `${file}:${at}`

function positionOf(text: string): { readonly file: string; readonly at: number } {
  const colon = text.lastIndexOf(':')
  return { file: text.slice(0, colon), at: Number(text.slice(colon + 1)) }
}

/** The server says something at least every five seconds; after so long it is dead. */
const HEARTBEAT_NS = 5_000_000_000
const SILENCE_MS = 30_000

/** What is used of the driver's inside, for it cannot send this command itself. */
interface Packet {
  readonly buffer: Buffer
  readonly offset: number
  readonly end: number
  isError(): boolean
  asError(encoding: string): Error
  isEOF(): boolean
}
interface RawConnection {
  addCommand(command: { execute(packet: Packet | undefined, connection: RawConnection): boolean }): void
  writePacket(packet: { readonly buffer: Buffer; length(): number; writeHeader(sequence: number): void }): void
  _resetSequenceId(): void
}

const BINLOG_DUMP = 0x12
const HEADER_BYTES = 4

/** COM_BINLOG_DUMP: place, flags, our number as a replica, name of the file. */
function dumpPacket(position: string, serverId: number): Parameters<RawConnection['writePacket']>[0] {
  const { file, at } = positionOf(position)
  const buffer = Buffer.alloc(HEADER_BYTES + 11 + Buffer.byteLength(file))
  buffer[HEADER_BYTES] = BINLOG_DUMP
  buffer.writeUInt32LE(at, HEADER_BYTES + 1)
  buffer.writeUInt32LE(serverId, HEADER_BYTES + 7)
  buffer.write(file, HEADER_BYTES + 11)
  return {
    buffer, length: () => buffer.length,
    writeHeader: (sequence) => {
      buffer.writeUIntLE(buffer.length - HEADER_BYTES, 0, 3)
      buffer[3] = sequence
    },
  }
}

interface Following {
  readonly table: CapturedTable
  /** The database of the connection. */
  readonly schema: string
  readonly utcOffset: string
  readonly explain: (error: unknown) => unknown
}

/**
 * Follows the binary log as a replica does, without being one: rows of one table, transaction by transaction.
 * @param connection of its own; closed with the stream
 * @see https://mariadb.com/kb/en/replication-protocol/
 */
export async function mariadbStream(connection: Connection, position: string, following: Following): Promise<ChangeStream> {
  const queue = createEventQueue<StreamEvent>((held) => void (held ? connection.pause() : connection.resume()))
  const fail = (error: unknown): void => queue.fail(following.explain(error))
  const reader = createLogReader(following, position)
  const silence = setTimeout(() => {
    fail(new AppError('collection/source-too-slow', { host: '' }))
    connection.destroy()
  }, SILENCE_MS)
  connection.on('error', fail)
  connection.on('end', () => queue.end())
  // We know checksums, and need none; transactions come in MariaDB's own form; a word comes now and then; and an earlier line of ours,
  // which MySQL knows by this name and MariaDB by its number, is ended. Newer versions of MySQL have newer words.
  const uuid = replicaOf(following.table.mark)
  await connection.promise().query(`set @mariadb_slave_capability = 4, @slave_uuid = '${uuid}', @replica_uuid = '${uuid}',
    @master_binlog_checksum = 'NONE', @source_binlog_checksum = 'NONE', @master_heartbeat_period = ${HEARTBEAT_NS}, @source_heartbeat_period = ${HEARTBEAT_NS}`)
  const dump = dumpPacket(position, serverIdOf(following.table.mark))
  const raw = connection as unknown as RawConnection
  raw.addCommand({
    execute(packet, line) {
      if (packet === undefined) {
        line._resetSequenceId()
        line.writePacket(dump)
        return false
      }
      silence.refresh()
      try {
        if (packet.isError()) fail(packet.asError('utf8'))
        else if (packet.isEOF()) queue.end()
        // Before an event stands a zero: no error.
        else for (const event of reader.read(packet.buffer.subarray(packet.offset + 1, packet.end))) queue.push(event)
      } catch (error) {
        fail(error)
      }
      return false
    },
  })
  return {
    [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
    // The server throws its logs away by time, whoever reads them.
    acknowledge: () => undefined,
    async close() {
      clearTimeout(silence)
      connection.destroy()
      queue.end()
    },
  }
}

/** Replicas of one server must have different numbers. */
const serverIdOf = (mark: string): number => (createHash('sha256').update(mark).digest().readUInt32BE(0) % 0x7fffffff) + 1

const replicaOf = (mark: string): string => createHash('sha256').update(mark).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')

const COMMENTS = /^(?:\s|\/\*(?!!)[\s\S]*?\*\/|--[^\n]*\n|#[^\n]*\n)*/
const TRUNCATES = /^truncate\b/i
const SHAPES = /^(?:alter|rename|drop|create)\b/i
const WRITES = /^(?:insert|update|delete|replace|load|with)\b/i

/** Makes changes of one table of the events of a log. */
function createLogReader({ table, schema, utcOffset }: Omit<Following, 'explain'>, from: string) {
  const columns = table.columns.map((column) => valueColumn(column, utcOffset))
  const keyAt = table.key.map((name) => table.columns.findIndex((column) => column.name === name))
  const keyOf = (row: readonly (string | null)[]): string[] => keyAt.map((index) => row[index] ?? '')
  const stripped = createChecksumStripper()
  let { file } = positionOf(from)
  let map: TableMap | undefined
  let signature: string | undefined
  let hasChanges = false
  let isWithin = false

  const done = (end: number, at: Date): StreamEvent => {
    const position = positionText(file, end)
    const event: StreamEvent = hasChanges ? { kind: 'commit', position, committedAt: at } : { kind: 'idle', position }
    hasChanges = false
    isWithin = false
    return event
  }

  return {
    *read(bytes: Buffer): Generator<StreamEvent> {
      const event = readEvent(stripped(bytes))
      switch (event.kind) {
        case 'rotate':
          file = event.file
          return
        case 'begin':
          isWithin = true
          return
        case 'commit':
          yield done(event.end, event.at)
          return
        case 'heartbeat':
          if (!isWithin && event.end > 0) yield done(event.end, event.at)
          return
        case 'table': {
          const isOurs = event.map.schema === schema && event.map.table === table.object
          if (!isOurs) {
            if (map?.tableId === event.map.tableId) map = undefined
            return
          }
          map = event.map
          const now = JSON.stringify(event.map.columns)
          if (event.map.columns.length !== columns.length || (signature ?? now) !== now) yield { kind: 'reshaped', surely: true }
          signature = now
          return
        }
        case 'rows':
          if (map === undefined || event.tableId !== map.tableId) return
          for (const { before, after } of readRows(event.rows, event.body, map, columns)) {
            hasChanges = true
            if (after === null) yield { kind: 'change', op: 'delete', key: keyOf(before ?? []) }
            else yield { kind: 'change', op: 'upsert', row: after, formerKey: before === null || same(keyOf(before), keyOf(after)) ? null : keyOf(before) }
          }
          return
        case 'statement': {
          const text = event.text.replace(COMMENTS, '')
          if (mentions(text, table.object)) {
            if (TRUNCATES.test(text)) {
              hasChanges = true
              yield { kind: 'change', op: 'truncate' }
            } else if (SHAPES.test(text)) yield { kind: 'reshaped', surely: false }
            // Written as what was asked, not as the rows that came of it.
            else if (WRITES.test(text) && event.schema === schema) throw new AppError('collection/capture-lost', { object: table.object })
          }
          if (!isWithin) yield done(event.end, event.at)
          return
        }
        // Compressed: whose rows these are cannot be told.
        case 'unreadable': throw new AppError('collection/capture-impossible', { object: table.object, reason: 'compressed-log' })
        default:
      }
    },
  }
}

const same = (one: readonly string[], other: readonly string[]): boolean => one.every((value, index) => value === other[index])

/** Whether a statement may be about a table; a look at the table tells. */
const mentions = (text: string, table: string): boolean => text.toLowerCase().includes(table.toLowerCase())
