import { type Client, type Entry, type Load, operations } from '@datong/contracts'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { type CommandContext, CommandError, count } from '../context.ts'
import { sentenceOf } from '../failure.ts'
import { findFiles } from '../load/find-files.ts'
import { loadFile } from '../load/load-file.ts'
import { openEntry } from '../load/open-entry.ts'
import { clientOf, findToken } from '../server.ts'

/** `datong load <file or folder>… [--org CODE] [--open]`: one line a file; 0 only when all went well. */
export async function load(args: readonly string[], context: CommandContext): Promise<number> {
  const { messages, terminal, signal } = context
  const { values, positionals } = parseArgs({
    args: [...args], allowPositionals: true, options: { org: { type: 'string' }, open: { type: 'boolean', default: false } },
  })
  const { files, missing } = await findFiles(positionals)
  for (const path of missing) terminal.aside(messages.noSuchFile(path))
  if (files.length === 0) throw new CommandError(messages.noFiles)
  const token = await findToken(context)
  if (token === null) throw new CommandError(messages.notSignedIn)
  const client = clientOf(context, token)
  let good = 0
  for (const path of files) {
    const name = basename(path)
    try {
      const done = await loadFile(token, path, values.org ?? null, context)
      const { line, ok } = await outcomeOf(client, done, name, values.open, context)
      terminal.line(line)
      if (ok) good++
    } catch (error) {
      if (signal.aborted) throw error
      terminal.line(`${name} · ${messages.failed} · ${sentenceOf(error, messages)}`)
    }
  }
  if (files.length > 1) terminal.aside(messages.total(good, files.length))
  return good === files.length && missing.length === 0 ? 0 : 1
}

async function outcomeOf(
  client: Client, done: Load, name: string, open: boolean, context: CommandContext,
): Promise<{ line: string; ok: boolean }> {
  const { messages } = context
  const rows = messages.rows(count(done.rowsRead), count(done.rowsStored), count(done.rowsRejected))
  if (done.state === 'failed') {
    const issues = done.error?.errors.map(({ message }) => message) ?? []
    const reason = [done.error?.detail ?? '', ...issues].filter((text) => text !== '').join('; ')
    return { line: [name, messages.failed, reason, done.entryCode].filter((part) => part !== '').join(' · '), ok: false }
  }
  const loaded = await client(operations.getEntry, { params: { code: done.entryCode } })
  const parts = [name, rows, done.detection?.encoding ?? messages.unknownEncoding, done.entryCode, starsOf(loaded, messages.noStars)]
  if (!open) return { line: parts.join(' · '), ok: true }
  try {
    const opened = await openEntry(client, loaded, name, messages)
    const isDecided = opened.state === 'published'
    const awaits = opened.state === 'submitted' || opened.state === 'approved'
    const word = isDecided ? messages.published : awaits ? messages.awaitsSteward : messages.remains(opened.state)
    return { line: [...parts, word].join(' · '), ok: isDecided }
  } catch (error) {
    return { line: [...parts, messages.failed, sentenceOf(error, messages)].join(' · '), ok: false }
  }
}

const starsOf = ({ stars }: Entry, none: string): string => (stars === null ? none : '★'.repeat(stars) + '☆'.repeat(5 - stars))
