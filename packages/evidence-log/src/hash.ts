import { hash } from 'node:crypto'

/** Length of a SHA-256 hash, in bytes. */
export const HASH_BYTES = 32

// One message buffer each for leaves, nodes and pairs: hashing is synchronous, so they are never in use twice at once.
const nodeMessage = Buffer.alloc(1 + 2 * HASH_BYTES)
nodeMessage[0] = 0x01
let leafMessage = Buffer.alloc(1 + 4096)

/** SHA-256 of bytes, or of a text in UTF-8. @see FIPS 180-4 */
export function sha256(data: Uint8Array | string): Uint8Array {
  // A latin1 string and a loop are twice as fast here as a new Buffer.
  const text = hash('sha256', data, 'binary')
  const bytes = new Uint8Array(HASH_BYTES)
  for (let index = 0; index < HASH_BYTES; index++) bytes[index] = text.charCodeAt(index)
  return bytes
}

let jointMessage = Buffer.alloc(4096)

/** SHA-256(head || tail). */
export function sha256OfBoth(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const length = head.length + tail.length
  if (jointMessage.length < length) jointMessage = Buffer.alloc(2 * length)
  jointMessage.set(head)
  jointMessage.set(tail, head.length)
  return sha256(jointMessage.subarray(0, length))
}

/** The root of a tree without leaves: SHA-256 of nothing. @see RFC 6962 section 2.1 */
export const emptyRoot = (): Uint8Array => sha256(new Uint8Array())

/** Hash of one entry: SHA-256(0x00 || entry). @see RFC 6962 section 2.1 */
export function leafHash(entry: Uint8Array): Uint8Array {
  if (leafMessage.length < entry.length + 1) leafMessage = Buffer.alloc(2 * entry.length + 1)
  leafMessage.set(entry, 1)
  return sha256(leafMessage.subarray(0, entry.length + 1))
}

/** Hash of an inner node: SHA-256(0x01 || left || right), both of any length. @see RFC 6962 section 2.1 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const message = new Uint8Array(1 + left.length + right.length)
  message[0] = 0x01
  message.set(left, 1)
  message.set(right, 1 + left.length)
  return sha256(message)
}

/**
 * Root of the tree whose nodes at one level are given, concatenated; a lone last node rises unchanged, which is the
 * same tree as the recursive definition. All nodes but the last must be roots of full subtrees of one size.
 * @param hashes n × 32 bytes, n ≥ 1; left as it is
 * @see RFC 6962 section 2.1
 */
export function foldHashes(hashes: Uint8Array): Uint8Array {
  const work = Buffer.from(hashes)
  let count = work.length / HASH_BYTES
  while (count > 1) {
    let made = 0
    for (let i = 0; i + 1 < count; i += 2) {
      work.copy(nodeMessage, 1, i * HASH_BYTES, (i + 2) * HASH_BYTES)
      // A latin1 string is three times as fast here as a new Buffer for each hash.
      work.write(hash('sha256', nodeMessage, 'binary'), made++ * HASH_BYTES, 'latin1')
    }
    if (count % 2 === 1) work.copyWithin(made++ * HASH_BYTES, (count - 1) * HASH_BYTES, count * HASH_BYTES)
    count = made
  }
  return new Uint8Array(work.subarray(0, HASH_BYTES))
}
