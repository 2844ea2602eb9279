/** Codes of all UTF-16 units: 1, 2 or 4 bytes as one number; 0 for what has none. */
let codes: Uint32Array | undefined

/** Decodes each candidate by itself, held apart by line feeds, which are no trail byte. */
function learn(table: Uint32Array, candidates: readonly number[], size: 2 | 4): void {
  const bytes = new Uint8Array(candidates.length * (size + 1))
  candidates.forEach((code, i) => {
    for (let b = 0; b < size; b++) bytes[i * (size + 1) + b] = (code >>> (8 * (size - 1 - b))) & 0xff
    bytes[i * (size + 1) + size] = 0x0a
  })
  new TextDecoder('gb18030').decode(bytes).split('\n').forEach((unit, i) => {
    const point = unit.charCodeAt(0)
    if (unit.length === 1 && (point !== 0xfffd || size === 4) && table[point] === 0) table[point] = candidates[i]!
  })
}

/** The platform decodes GB18030 and does not encode it, so the table is the decoder's, turned round. */
function reverseTable(): Uint32Array {
  const table = new Uint32Array(0x10000)
  for (let ascii = 0; ascii < 0x80; ascii++) table[ascii] = ascii
  const pairs: number[] = []
  const fours: number[] = []
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) pairs.push((lead << 8) | trail)
  for (let first = 0x81; first <= 0x84; first++)
    for (let second = 0x30; second <= 0x39; second++)
      for (let third = 0x81; third <= 0xfe; third++)
        for (let fourth = 0x30; fourth <= 0x39; fourth++)
          fours.push(((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0)
  learn(table, pairs, 2)
  learn(table, fours.filter((code) => code <= 0x8431a439), 4)
  return table
}

/** Bytes of the text in GB18030; a lone surrogate becomes U+FFFD. @see GB 18030-2022 */
export function encodeGb18030(text: string): Uint8Array<ArrayBuffer> {
  const table = (codes ??= reverseTable())
  const bytes = new Uint8Array(text.length * 4)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    let code = table[unit]! || (unit === 0 ? 0 : table[0xfffd]!)
    if (unit >= 0xd800 && unit < 0xe000) {
      const point = text.codePointAt(i)!
      if (point > 0xffff) {
        const linear = point - 0x10000
        code = 0x90308130 + Math.floor(linear / 12600) * 0x1000000 + (Math.floor(linear / 1260) % 10) * 0x10000 +
          (Math.floor(linear / 10) % 126) * 0x100 + (linear % 10)
        i++
      }
    }
    if (code > 0xffff) {
      bytes[at++] = code >>> 24
      bytes[at++] = (code >>> 16) & 0xff
    }
    if (code > 0xff) bytes[at++] = (code >>> 8) & 0xff
    bytes[at++] = code & 0xff
  }
  return bytes.slice(0, at)
}
