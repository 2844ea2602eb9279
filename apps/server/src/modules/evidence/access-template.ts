import { MAX_ENTRY_BYTES } from '@datong/evidence-log'
import { AppError } from '@datong/kernel'
import canonicalize from 'canonicalize'
import type { AccessDraft, AccessFrame, UsageFigures, UsageInput } from './evidence.ts'
import { marksOf } from './segments/marks.ts'
import type { Access } from './segments/seal-segment.ts'
import { countUse, nameOfKey } from './segments/usage.ts'

type Detail = Readonly<Record<string, unknown>>

/**
 * Makes an access ready for its segment.
 * @throws AppError `evidence/invalid-entry` when the draft is not JSON or cannot be stored, `evidence/entry-too-large`
 */
export function prepareAccess({ action, actor, parties: given, subject, detail }: AccessDraft, usage?: UsageInput): Access {
  const parties = [...new Set(given)]
  const body = checkedBody(canonicalText({ action, actor, parties, subject, detail }))
  const use = usage === undefined ? null : countUse({ ...usage, grantId: usage.grantId ?? null })
  return { body, marks: checkedMarks(marksOf({ action, actor, parties, subject })), use }
}

/**
 * Prepares the common part of many accesses: gives what makes each of them ready for its segment.
 * @throws AppError `evidence/invalid-entry`
 */
export function prepareFrame(frame: AccessFrame): (detail: Detail, figures?: UsageFigures) => Access {
  const { action, actor, subject, usage: key } = frame
  const parties = [...new Set(frame.parties)]
  const marks = checkedMarks(marksOf({ action, actor, parties, subject }))
  const name = key === null ? '' : nameOfKey(key)
  // Members of canonical JSON come in the order of their names, so that the detail stands between these two.
  const before = `{"action":${canonicalText(action)},"actor":${canonicalText(actor)},"detail":`
  const after = `,"parties":${canonicalText(parties)},"subject":${canonicalText(subject)}}`
  let shape = shapeOf(frame.detail, [])
  return (detail, figures) => {
    const names = Object.keys(detail)
    if (!sameNames(shape.names, names)) shape = shapeOf(frame.detail, names)
    const body = checkedBody(before + (fill(shape, detail) ?? canonicalText({ ...frame.detail, ...detail })) + after)
    return { body, marks, use: key === null || figures === undefined ? null : { name, key, figures } }
  }
}

/** The text of a detail whose values of some names differ from one to the next. */
interface Shape {
  /** As the caller gives them. */
  readonly names: readonly string[]
  readonly slots: readonly { readonly before: string; readonly name: string }[]
  readonly after: string
}

function shapeOf(constant: Detail, names: readonly string[]): Shape {
  const slots: { before: string; name: string }[] = []
  let text = '{'
  let isFirst = true
  // The default order is by UTF-16 code units, which is that of RFC 8785.
  for (const name of [...new Set([...Object.keys(constant), ...names])].sort()) {
    const isSlot = names.includes(name)
    if (!isSlot && constant[name] === undefined) continue
    text += `${isFirst ? '' : ','}${canonicalText(name)}:${isSlot ? '' : canonicalText(constant[name])}`
    isFirst = false
    if (!isSlot) continue
    slots.push({ before: text, name })
    text = ''
  }
  return { names, slots, after: `${text}}` }
}

/** @returns null when a value leaves no trace in JSON, so that the shape does not fit */
function fill({ slots, after }: Shape, detail: Detail): string | null {
  let text = ''
  for (const { before, name } of slots) {
    const value = detail[name]
    if (value === undefined) return null
    text += before + canonicalText(value)
  }
  return text + after
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index])
}

function canonicalText(value: unknown): string {
  // Most values are these two, and these are quick to write as RFC 8785 has them.
  if (typeof value === 'string' && value.isWellFormed()) return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  let text: string | undefined
  try {
    text = canonicalize(value)
  } catch {
    text = undefined
  }
  if (text === undefined) throw new AppError('evidence/invalid-entry', { reason: 'body' })
  return text
}

/** Most characters of a body: it holds who, what and why, never data. */
function checkedBody(body: string): string {
  if (body.length > MAX_ENTRY_BYTES) throw new AppError('evidence/entry-too-large', { bytes: body.length, limit: MAX_ENTRY_BYTES })
  return body
}

/** PostgreSQL's text holds every character but one; found here, it fails one record and not its whole batch. */
function checkedMarks(marks: string[]): string[] {
  if (marks.some((mark) => mark.includes('\u0000'))) throw new AppError('evidence/invalid-entry', { reason: 'NUL' })
  return marks
}
