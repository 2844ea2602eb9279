import type { ByteReader } from './byte-reader.ts'

/** What the log does not say of a column. */
export interface ValueColumn {
  readonly isUnsigned: boolean
  /** Text in a character set; null: bytes. */
  readonly decode: ((bytes: Buffer) => string) | null
  /** Words of ENUM and SET in their order. */
  readonly words: readonly string[]
  /** Width of numbers and bytes that are filled up with zeros; 0 for others. */
  readonly width: number
  /** A TIMESTAMP in seconds since 1970 as a clock in the source's zone shows it. */
  readonly localTime: (seconds: number) => string
}

/** A value as text: dates and times in ISO form with a blank between, decimals with all digits, bytes in hexadecimal. */
export function readValue(body: ByteReader, type: number, meta: number, column: ValueColumn): string | null {
  switch (type) {
    case 1: return whole(body, 1, column)
    case 2: return whole(body, 2, column)
    case 9: return whole(body, 3, column)
    case 3: return whole(body, 4, column)
    case 8: {
      const bytes = body.bytes(8)
      return String(column.isUnsigned ? bytes.readBigUInt64LE(0) : bytes.readBigInt64LE(0)).padStart(column.width, '0')
    }
    case 4: return floatText(body.bytes(4).readFloatLE(0))
    case 5: return doubleText(body.bytes(8).readDoubleLE(0))
    case 246: return decimal(body, meta >> 8, meta & 255)
    case 13: {
      const year = body.uint(1)
      return year === 0 ? '0000' : String(1900 + year)
    }
    case 10: {
      const packed = body.uint(3)
      return dateText(packed >> 9, (packed >> 5) & 15, packed & 31)
    }
    case 18: return datetime2(body, meta)
    case 12: return datetime(body)
    case 17: {
      const seconds = body.uintBE(4)
      return seconds === 0 ? null : `${column.localTime(seconds)}${fraction(body, meta)}`
    }
    case 7: {
      const seconds = body.uint(4)
      return seconds === 0 ? null : column.localTime(seconds)
    }
    case 19: return time2(body, meta)
    case 11: return time(body)
    case 15: case 253: return stringOf(body.bytes(body.uint(meta > 255 ? 2 : 1)), column)
    case 254: return fixedString(body, meta, column)
    case 247: return column.words[body.uint(meta & 255) - 1] ?? ''
    case 248: return setOf(body, meta & 255, column)
    case 16: {
      const value = bits(body, meta)
      return meta === 1 ? (value === '1' ? 'true' : 'false') : value
    }
    case 249: case 250: case 251: case 252: case 255: return stringOf(body.bytes(body.uint(meta)), column)
    default: throw new UnknownType(`columns of type ${type} are not read`)
  }
}

/** A column of a type that is not read here, such as a compressed one. */
export class UnknownType extends Error {}

function whole(body: ByteReader, bytes: number, { isUnsigned, width }: ValueColumn): string {
  const piece = body.bytes(bytes)
  return String(isUnsigned ? piece.readUIntLE(0, bytes) : piece.readIntLE(0, bytes)).padStart(width, '0')
}

/** The fewest digits that are the same single-precision number, as the server writes them. */
function floatText(value: number): string {
  for (let digits = 6; digits < 10; digits++) {
    const text = Number(value.toPrecision(digits))
    if (Math.fround(text) === value) return doubleText(text)
  }
  return doubleText(value)
}

const doubleText = (value: number): string => String(value).replace('e+', 'e')

const DIGITS_A_WORD = 9
/** Bytes of the digits that do not fill a word. */
const BYTES_OF_DIGITS = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4]

/** Digits in words of nine, the highest bit turned over, all bits turned over for negative numbers. */
function decimal(body: ByteReader, precision: number, scale: number): string {
  const before = precision - scale
  const parts = [before % DIGITS_A_WORD, Math.floor(before / DIGITS_A_WORD), Math.floor(scale / DIGITS_A_WORD), scale % DIGITS_A_WORD] as const
  const size = BYTES_OF_DIGITS[parts[0]]! + 4 * (parts[1] + parts[2]) + BYTES_OF_DIGITS[parts[3]]! // of fewer than nine digits
  const bytes = Buffer.from(body.bytes(size))
  const isNegative = (bytes[0]! & 128) === 0
  bytes[0]! ^= 128
  if (isNegative) for (let index = 0; index < size; index++) bytes[index]! ^= 255
  let at = 0
  const digits = (count: number, width: number): string => {
    const length = BYTES_OF_DIGITS[count]! // at most nine
    at += length
    return length === 0 ? '' : String(bytes.readUIntBE(at - length, length)).padStart(width, '0')
  }
  const words = (count: number): string => Array.from({ length: count }, () => digits(DIGITS_A_WORD, DIGITS_A_WORD)).join('')
  const integral = `${digits(parts[0], parts[0])}${words(parts[1])}`.replace(/^0+(?=\d)/, '') || '0'
  const fractional = `${words(parts[2])}${digits(parts[3], parts[3])}`
  const text = fractional === '' ? integral : `${integral}.${fractional}`
  return isNegative ? `-${text}` : text
}

const two = (number: number): string => String(number).padStart(2, '0')
/** Days that are none (`0000-00-00`) are no value. */
const dateText = (year: number, month: number, day: number): string | null => (month === 0 || day === 0 ? null : `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`)

function withTime(date: string | null, hour: number, minute: number, second: number, rest: string): string | null {
  return date === null ? null : `${date} ${two(hour)}:${two(minute)}:${two(second)}${rest}`
}

/** Fractions of a second stand in as many bytes as they need, and are written with as many digits as the column has. */
const fraction = (body: ByteReader, digits: number): string => fractionText(body.uintBE((digits + 1) >> 1), digits)

const fractionText = (value: number, digits: number): string => (digits === 0 ? '' : `.${String(value).padStart(((digits + 1) >> 1) * 2, '0').slice(0, digits)}`)

function datetime2(body: ByteReader, digits: number): string | null {
  const packed = body.uintBE(5)
  // Above the 40 bits JavaScript's own operators do not reach.
  const days = Math.floor(packed / 2 ** 17) % 2 ** 22
  const seconds = packed % 2 ** 17
  const months = Math.floor(days / 32)
  const rest = fraction(body, digits)
  return withTime(dateText(Math.floor(months / 13), months % 13, days % 32), seconds >> 12, (seconds >> 6) & 63, seconds & 63, rest)
}

/** The older form: decimal digits in one number. */
function datetime(body: ByteReader): string | null {
  const packed = body.uint(8)
  const date = Math.floor(packed / 1_000_000)
  const time = packed % 1_000_000
  return withTime(dateText(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100), Math.floor(time / 10_000), Math.floor(time / 100) % 100, time % 100, '')
}

/** Hours, minutes and seconds with their fraction as one number, moved up so that it is never negative. */
function time2(body: ByteReader, digits: number): string {
  const fractionBytes = (digits + 1) >> 1
  const unit = 256 ** fractionBytes
  const packed = body.uintBE(3 + fractionBytes) - 0x800000 * unit
  const size = Math.abs(packed)
  const whole = Math.floor(size / unit)
  return `${packed < 0 ? '-' : ''}${two(whole >> 12)}:${two((whole >> 6) & 63)}:${two(whole & 63)}${fractionText(size % unit, digits)}`
}

function time(body: ByteReader): string {
  const packed = body.bytes(3).readIntLE(0, 3)
  const size = Math.abs(packed)
  return `${packed < 0 ? '-' : ''}${two(Math.floor(size / 10_000))}:${two(Math.floor(size / 100) % 100)}:${two(size % 100)}`
}

/** Zeros at the end of BINARY are not written. */
const stringOf = (bytes: Buffer, { decode, width }: ValueColumn): string => (decode === null ? bytes.toString('hex').padEnd(width * 2, '0') : decode(bytes))

/** CHAR, and what hides behind its type: ENUM and SET, and lengths above 255 in bits of the type. */
function fixedString(body: ByteReader, meta: number, column: ValueColumn): string {
  const high = meta >> 8
  const low = meta & 255
  if ((high & 0x30) === 0x30) {
    if (high === 247) return column.words[body.uint(low) - 1] ?? ''
    if (high === 248) return setOf(body, low, column)
    return stringOf(body.bytes(body.uint(low > 255 ? 2 : 1)), column)
  }
  const most = low | (((high & 0x30) ^ 0x30) << 4)
  return stringOf(body.bytes(body.uint(most > 255 ? 2 : 1)), column)
}

function setOf(body: ByteReader, bytes: number, { words }: ValueColumn): string {
  let bit = 1n
  let value = 0n
  for (const [index, byte] of body.bytes(bytes).entries()) value |= BigInt(byte) << BigInt(8 * index)
  return words.filter(() => {
    const isIn = (value & bit) !== 0n
    bit <<= 1n
    return isIn
  }).join(',')
}

/** The number that the bits write. */
function bits(body: ByteReader, meta: number): string {
  const bytes = (meta & 255) === 0 ? meta >> 8 : (meta >> 8) + 1
  let value = 0n
  for (const byte of body.bytes(bytes)) value = (value << 8n) | BigInt(byte)
  return String(value)
}
