import { hash, type Options, verify } from '@node-rs/argon2'
import type { Random } from '@datong/kernel'

/** Argon2id (the library's default) with 64 MiB and three passes. @see OWASP Password Storage Cheat Sheet; RFC 9106 */
const SETTINGS: Options = { memoryCost: 65_536, timeCost: 3, parallelism: 1 }

/** Without look-alikes. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long without a hash (no such account) as with one. */
  matches(hash: string | undefined, password: string): Promise<boolean>
}

export function createPasswords(random: Random): Passwords {
  let unmatched: Promise<string> | undefined
  return {
    hash: (password) => hash(password, SETTINGS),
    matches: async (known, password) => {
      unmatched ??= hash(randomPassword(random), SETTINGS)
      const right = await verify(known ?? (await unmatched), password)
      return right && known !== undefined
    },
  }
}

/** A password to read out once: 20 letters and digits, 115 bits. */
export const randomPassword = (random: Random): string => lettersOf(random, 20)

/** `length` characters, each equally likely. */
export function lettersOf(random: Random, length: number, alphabet = LETTERS): string {
  const limit = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < length) {
    // Bytes beyond the last whole multiple would make the first letters likelier.
    for (const byte of random.bytes(length)) if (byte < limit && text.length < length) text += alphabet[byte % alphabet.length]
  }
  return text
}
