import type pg from 'pg'
import type { CapturedTable } from '../captured-source.ts'
import type { CapturedRow, ChangeStream, SourceChange, StreamEvent } from '../change-stream.ts'
import { createEventQueue } from '../event-queue.ts'
import { lsnOf, lsnText, readMessage, type Relation, timeOf, type Tuple } from './pgoutput.ts'
import { textOf } from './postgresql-texts.ts'

const XLOG_DATA = 0x77
const KEEPALIVE = 0x6b
const STATUS = 0x72
/** The server gives a line up after a minute of silence by default. */
const STATUS_EVERY_MS = 10_000
const EPOCH_MICROSECONDS = 946_684_800_000_000n

/**
 * Follows a slot with the plugin `pgoutput`. What was acknowledged is told to the server now and then, and at once when it asks.
 * @param client connected for replication; closed with the stream
 * @see https://www.postgresql.org/docs/current/protocol-replication.html
 */
export function postgresqlStream(client: pg.Client, table: CapturedTable, position: string, publication: string, explain: (error: unknown) => unknown): ChangeStream {
  // The driver's declarations leave it out.
  const { connection } = client as unknown as { connection: pg.Connection & { sendCopyFromChunk(chunk: Buffer): void } }
  const queue = createEventQueue<StreamEvent>((held) => void (held ? connection.stream.pause() : connection.stream.resume()))
  const reader = createTransactionReader(table, lsnOf(position))
  let kept = lsnOf(position)

  const tell = (): void => {
    const status = Buffer.alloc(34)
    status[0] = STATUS
    for (const at of [1, 9, 17]) status.writeBigUInt64BE(kept, at)
    status.writeBigInt64BE(BigInt(Date.now()) * 1000n - EPOCH_MICROSECONDS, 25)
    connection.sendCopyFromChunk(status)
  }
  const timer = setInterval(tell, STATUS_EVERY_MS)

  connection.on('copyData', ({ chunk }: { chunk: Buffer }) => {
    try {
      if (chunk[0] === XLOG_DATA) {
        const event = reader.read(chunk.subarray(25))
        if (event !== undefined) queue.push(event)
      } else if (chunk[0] === KEEPALIVE) {
        const end = chunk.readBigUInt64BE(1)
        if (!reader.isWithin()) queue.push({ kind: 'idle', position: lsnText(end) })
        if (chunk[17] === 1) tell()
      }
    } catch (error) {
      queue.fail(error)
    }
  })
  client.on('error', (error) => queue.fail(explain(error)))
  client.on('end', () => queue.end())
  client.query(`START_REPLICATION SLOT ${table.mark} LOGICAL ${position} (proto_version '1', publication_names '"${publication}"')`)
    .then(() => queue.end(), (error: unknown) => queue.fail(explain(error)))

  return {
    [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
    acknowledge(reached) {
      const lsn = lsnOf(reached)
      if (lsn > kept) kept = lsn
    },
    async close() {
      clearInterval(timer)
      tell()
      await client.end().catch(() => undefined)
      queue.end()
    },
  }
}

/** Makes changes of one table of messages; transactions whose end is written before `after` were taken before. */
function createTransactionReader({ object, tableId, columns, key }: Omit<CapturedTable, 'mark'>, after: bigint) {
  const keyAt = key.map((name) => columns.findIndex((column) => column.name === name))
  let ours: number | undefined
  let texts: ((text: string) => string)[] = []
  let committedAt = timeOf(0n)
  let isOpen = false
  let isOld = false

  const rowOf = (tuple: Tuple): CapturedRow => tuple.map((cell, index) => (cell == null ? cell : texts[index]!(cell))) // a text for each column
  const keyOf = (row: CapturedRow): string[] => keyAt.map((index) => row[index] ?? '')

  function changeOf(message: ReturnType<typeof readMessage>): SourceChange | undefined {
    switch (message.kind) {
      case 'insert': return message.relation === ours ? { op: 'upsert', row: rowOf(message.row), formerKey: null } : undefined
      case 'update': {
        if (message.relation !== ours) return undefined
        const before = message.before === null ? null : rowOf(message.before)
        // With the whole old row at hand nothing is missing.
        const row = rowOf(message.row).map((cell, index) => (cell === undefined ? before?.[index] : cell))
        const formerKey = before === null ? null : keyOf(before)
        return { op: 'upsert', row, formerKey: formerKey === null || same(formerKey, keyOf(row)) ? null : formerKey }
      }
      case 'delete': return message.relation === ours ? { op: 'delete', key: keyOf(rowOf(message.before)) } : undefined
      case 'truncate': return message.relations.some((oid) => oid === ours) ? { op: 'truncate' } : undefined
      default: return undefined
    }
  }

  /** Whether a table that is described is ours, and still what it was. */
  function meet({ oid, schema, name, columns: now }: Relation): 'other' | 'ours' | 'reshaped' {
    const isNamed = `${schema}.${name}` === object
    if (!isNamed && String(oid) !== tableId) return 'other'
    ours = oid
    texts = now.map(({ type }) => textOf(type))
    return isNamed && String(oid) === tableId && sameColumns(now, columns) ? 'ours' : 'reshaped'
  }

  return {
    isWithin: () => isOpen,
    read(bytes: Buffer): StreamEvent | undefined {
      const message = readMessage(bytes)
      switch (message.kind) {
        case 'begin':
          committedAt = message.committedAt
          isOpen = true
          isOld = message.commit < after
          return undefined
        case 'relation': return meet(message.relation) === 'reshaped' && !isOld ? { kind: 'reshaped', surely: true } : undefined
        case 'commit':
          isOpen = false
          return isOld ? undefined : { kind: 'commit', position: lsnText(message.end), committedAt }
        default: {
          const change = isOld ? undefined : changeOf(message)
          return change === undefined ? undefined : { kind: 'change', ...change }
        }
      }
    },
  }
}

const same = (one: readonly string[], other: readonly string[]): boolean => one.every((value, index) => value === other[index])

const sameColumns = (now: Relation['columns'], columns: CapturedTable['columns']): boolean =>
  now.length === columns.length && now.every(({ name, type }, index) => name === columns[index]?.name && type === columns[index].details?.['oid'])
