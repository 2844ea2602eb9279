/** A table as the stream describes it before its first row, and again when it became another. */
export interface Relation {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: number }[]
}

/** Texts of a row; undefined for a value that is stored apart and did not change. */
export type Tuple = readonly (string | null | undefined)[]

/** What the plugin `pgoutput` says, as far as capture needs it; LSNs and times as PostgreSQL counts them. */
export type OutputMessage =
  /** `commit`: where its end is written. */
  | { readonly kind: 'begin'; readonly commit: bigint; readonly committedAt: Date }
  | { readonly kind: 'commit'; readonly end: bigint }
  | { readonly kind: 'relation'; readonly relation: Relation }
  | { readonly kind: 'insert'; readonly relation: number; readonly row: Tuple }
  | { readonly kind: 'update'; readonly relation: number; readonly before: Tuple | null; readonly row: Tuple }
  | { readonly kind: 'delete'; readonly relation: number; readonly before: Tuple }
  | { readonly kind: 'truncate'; readonly relations: readonly number[] }
  | { readonly kind: 'other' }

/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1)

/** Reads one message of protocol version 1. @see https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html */
export function readMessage(bytes: Buffer): OutputMessage {
  const reader = new Reader(bytes)
  switch (reader.letter()) {
    case 'B': return { kind: 'begin', commit: reader.int64(), committedAt: timeOf(reader.int64()) }
    case 'C':
      reader.skip(1 + 8)
      return { kind: 'commit', end: reader.int64() }
    case 'R': return { kind: 'relation', relation: reader.relation() }
    case 'I': {
      const relation = reader.int32()
      reader.letter()
      return { kind: 'insert', relation, row: reader.tuple() }
    }
    case 'U': {
      const relation = reader.int32()
      let before: Tuple | null = null
      // `K`: the key that it had; `O`: the whole old row; `N`: the new row.
      if (reader.letter() !== 'N') {
        before = reader.tuple()
        reader.letter()
      }
      return { kind: 'update', relation, before, row: reader.tuple() }
    }
    case 'D': {
      const relation = reader.int32()
      reader.letter()
      return { kind: 'delete', relation, before: reader.tuple() }
    }
    case 'T': {
      const count = reader.int32()
      reader.skip(1)
      return { kind: 'truncate', relations: Array.from({ length: count }, () => reader.int32()) }
    }
    default: return { kind: 'other' }
  }
}

export const timeOf = (microseconds: bigint): Date => new Date(EPOCH_MS + Number(microseconds / 1000n))

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  skip(count: number): void {
    this.#at += count
  }

  letter(): string {
    return String.fromCharCode(this.#bytes[this.#at++] ?? 0)
  }

  int16(): number {
    this.#at += 2
    return this.#bytes.readInt16BE(this.#at - 2)
  }

  /** Object ids are unsigned, lengths and counts are far below their middle. */
  int32(): number {
    this.#at += 4
    return this.#bytes.readUInt32BE(this.#at - 4)
  }

  int64(): bigint {
    this.#at += 8
    return this.#bytes.readBigUInt64BE(this.#at - 8)
  }

  text(length: number): string {
    this.#at += length
    return this.#bytes.toString('utf8', this.#at - length, this.#at)
  }

  /** Ends with a zero. */
  name(): string {
    const end = this.#bytes.indexOf(0, this.#at)
    const name = this.text(end - this.#at)
    this.#at++
    return name
  }

  relation(): Relation {
    const oid = this.int32()
    const schema = this.name()
    const name = this.name()
    this.skip(1)
    const columns = Array.from({ length: this.int16() }, () => {
      this.skip(1)
      const column = { name: this.name(), type: this.int32() }
      this.skip(4)
      return column
    })
    // The catalogue's own schema is told as nothing.
    return { oid, schema: schema === '' ? 'pg_catalog' : schema, name, columns }
  }

  tuple(): Tuple {
    return Array.from({ length: this.int16() }, () => {
      const kind = this.letter()
      return kind === 'n' ? null : kind === 'u' ? undefined : this.text(this.int32())
    })
  }
}

/** `16/B374D848`: how PostgreSQL writes a place in its log. */
export const lsnText = (lsn: bigint): string => `${(lsn >> 32n).toString(16).toUpperCase()}/${(lsn & 0xffffffffn).toString(16).toUpperCase()}`

export function lsnOf(text: string): bigint {
  const [high = '', low = ''] = text.split('/')
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`)
}
