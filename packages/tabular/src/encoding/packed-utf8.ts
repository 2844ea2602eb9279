const encoder = new TextEncoder()

/** UTF-8 of a text of at most four bytes in one integer, first byte lowest. */
export function packUtf8(text: string): number {
  const bytes = encoder.encode(text)
  return (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 24)
}

/** Writes a packed text at `at`; answers the place after it. UTF-8 has no zero byte inside, so the length shows. */
export function putPacked(out: Uint8Array, at: number, packed: number): number {
  let rest = packed
  let o = at
  do {
    out[o++] = rest & 0xff
    rest >>>= 8
  } while (rest !== 0)
  return o
}
