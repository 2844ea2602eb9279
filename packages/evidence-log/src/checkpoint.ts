import { AppError, ok, refused, type Result } from '@datong/kernel'
import { fromBase64, toBase64 } from './bytes.ts'
import { HASH_BYTES } from './hash.ts'
import { openNote } from './note.ts'
import { parseVerifierKey } from './note-key.ts'

/** The head of a log: which log, how many leaves, and the root of the tree over them. */
export interface Checkpoint {
  /** Unique name of the log, a URL without scheme; also the name of its key. */
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/**
 * The text of a checkpoint, to be signed with `signNote`.
 * @throws AppError `evidence/invalid-checkpoint`
 * @see C2SP tlog-checkpoint, Note text
 */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  const text = `${origin}\n${size}\n${toBase64(root)}\n`
  if (!parseCheckpoint(text).ok) throw new AppError('evidence/invalid-checkpoint', { origin, size })
  return text
}

/** Reads the text of an opened note as a checkpoint; extension lines are allowed and passed over. */
export function parseCheckpoint(text: string): Result<Checkpoint, string> {
  const lines = text.split('\n')
  const [origin = '', size = '', encodedRoot = ''] = lines
  if (lines.length < 4 || lines.at(-1) !== '' || lines.slice(0, -1).includes('')) {
    return refused('a checkpoint has three lines or more, none of them empty')
  }
  if (!/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size))) return refused('the tree size is no number')
  const root = fromBase64(encodedRoot)
  if (root === null || root.length !== HASH_BYTES) return refused('the root is not 32 bytes of base64')
  return ok({ origin, size: Number(size), root })
}

/**
 * Opens a signed checkpoint with the log's key alone. The origin must be the key's name, so that a key that signs for
 * one log cannot speak for another.
 * @param verifierKey `name+id+base64`
 */
export function openCheckpoint(note: string | Uint8Array, verifierKey: string): Result<Checkpoint, string> {
  const verifier = parseVerifierKey(verifierKey)
  if (!verifier.ok) return verifier
  const opened = openNote(note, [verifier.value])
  if (!opened.ok) return opened
  const checkpoint = parseCheckpoint(opened.value.text)
  if (checkpoint.ok && checkpoint.value.origin !== verifier.value.name) {
    return refused(`the checkpoint is of ${checkpoint.value.origin}, the key of ${verifier.value.name}`)
  }
  return checkpoint
}
