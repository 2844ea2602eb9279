import { AppError, ok, refused, type Result } from '@datong/kernel'
import { concatBytes, fromBase64, fromHex32, fromUtf8, toBase64, toHex, toUtf8 } from './bytes.ts'
import { isKeyName, type NoteSigner, type NoteVerifier } from './note-key.ts'

/** Most signature lines that are read, against notes made to be slow. */
const MAX_SIGNATURES = 100
const MAX_NOTE_CHARACTERS = 1_000_000
const KEY_ID_BYTES = 4

/** One signature line: who claims to have signed, and the bytes. */
export interface NoteSignature {
  readonly name: string
  readonly keyId: string
  readonly signature: Uint8Array
}

/** A note taken apart, nothing verified yet. */
export interface ParsedNote {
  /** With its final newline, without the blank line before the signatures. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A note that at least one trusted key has signed. */
export interface OpenedNote {
  readonly text: string
  /** Signatures of trusted keys, verified. */
  readonly verified: readonly NoteSignature[]
  /** Signatures of keys that are not known here: worth nothing by themselves. */
  readonly unknown: readonly NoteSignature[]
}

/**
 * Signs a text.
 * @param text ends in a newline
 * @param earlier signatures that the text has already, kept before the new ones (a witness adds its own to a log's)
 * @throws AppError `evidence/invalid-note` when the text has no final newline or holds control characters
 * @see C2SP signed-note, Format
 */
export function signNote(text: string, signers: readonly NoteSigner[], earlier: readonly NoteSignature[] = []): string {
  if (!text.endsWith('\n') || !isNoteText(text)) throw new AppError('evidence/invalid-note')
  const added = signers.map((signer) => ({
    name: signer.name,
    keyId: signer.keyId,
    signature: signer.sign(toUtf8(text)),
  }))
  const lines = [...earlier, ...added].map(({ name, keyId, signature }) => {
    const id = fromHex32(keyId) ?? new Uint8Array(KEY_ID_BYTES)
    return `— ${name} ${toBase64(concatBytes([id, signature]))}\n`
  })
  return `${text}\n${lines.join('')}`
}

/** Takes a note apart without verifying it. @see C2SP signed-note, Format */
export function parseNote(note: string | Uint8Array): Result<ParsedNote, string> {
  const whole = typeof note === 'string' ? note : fromUtf8(note)
  if (whole === null || !isNoteText(whole)) return refused('the note is not plain UTF-8 text')
  if (whole.length > MAX_NOTE_CHARACTERS) return refused('the note is too long')
  const split = whole.lastIndexOf('\n\n')
  if (split < 0 || !whole.endsWith('\n')) return refused('the note has no signature lines')
  const lines = whole.slice(split + 2).split('\n').slice(0, -1)
  if (lines.length === 0 || lines.length > MAX_SIGNATURES) {
    return refused(`the note has ${lines.length} signature lines`)
  }
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const signature = parseSignatureLine(line)
    if (signature === null) return refused('a signature line is malformed')
    signatures.push(signature)
  }
  return ok({ text: whole.slice(0, split + 1), signatures })
}

/**
 * Opens a note with trusted keys. Unknown keys are set aside; one false signature of a known key refuses the note.
 * @see C2SP signed-note, Signatures
 */
export function openNote(note: string | Uint8Array, verifiers: readonly NoteVerifier[]): Result<OpenedNote, string> {
  const parsed = parseNote(note)
  if (!parsed.ok) return parsed
  const { text, signatures } = parsed.value
  const data = toUtf8(text)
  const verified: NoteSignature[] = []
  const unknown: NoteSignature[] = []
  for (const signature of signatures) {
    const known = verifiers.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId)
    if (known === undefined) unknown.push(signature)
    else if (known.verify(data, signature.signature)) verified.push(signature)
    else return refused(`the signature of ${known.name} is false`)
  }
  return verified.length > 0 ? ok({ text, verified, unknown }) : refused('no trusted key has signed the note')
}

function parseSignatureLine(line: string): NoteSignature | null {
  const match = /^— ([^ ]+) ([^ ]+)$/.exec(line)
  const [, name = '', encoded = ''] = match ?? []
  const bytes = fromBase64(encoded)
  if (!isKeyName(name) || bytes === null || bytes.length <= KEY_ID_BYTES) return null
  return { name, keyId: toHex(bytes.subarray(0, KEY_ID_BYTES)), signature: bytes.subarray(KEY_ID_BYTES) }
}

// Below U+0020, line feeds aside; \p{Cc} has also U+007F to U+009F, which are allowed.
const isNoteText = (text: string): boolean => text.isWellFormed() && !/[\p{Cc}--[\n\x7f-\x9f]]/v.test(text)
