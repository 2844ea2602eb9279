/** A source of randomness, passed in. `bytes` must be cryptographic where secrets are made from it. */
export interface Random {
  bytes(length: number): Uint8Array
  /** Uniform in [0, 1). */
  fraction(): number
}

/** Randomness of the operating system through Web Crypto; works in Node and in browsers. */
export const systemRandom: Random = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  fraction: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
}

/**
 * Repeatable randomness for generators and tests; never for secrets.
 * @see mulberry32, Tommy Ettinger, public domain
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return { fraction, bytes: (length) => Uint8Array.from({ length }, () => Math.floor(fraction() * 256)) }
}
