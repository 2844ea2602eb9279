import type { EvidenceItem } from '@datong/contracts'
import { parseVerifierKey } from '@datong/evidence-log'
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type CommandContext, CommandError, count } from '../context.ts'
import { findToken, reach, serverUrl } from '../server.ts'
import { auditOverHttp } from '../verify/audit-over-http.ts'
import { findTarget } from '../verify/find-target.ts'
import { checkReceipt, parseReceipt } from '../verify/verify-receipt.ts'

/** `datong verify <receipt file | receipt id or URL | log URL> [--key KEY]`: 0 only when everything holds. */
export async function verify(args: readonly string[], context: CommandContext): Promise<number> {
  const { env, messages } = context
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { key: { type: 'string' } } })
  const [text = '', ...rest] = positionals
  if (text === '' || rest.length > 0) throw new CommandError(messages.usage)
  const target = await findTarget(text, serverUrl(context))
  if (target === null) throw new CommandError(messages.noSuchFile(text))
  const givenKey = values.key ?? (env['DATONG_LOG_KEY'] || null)
  const readKey = givenKey === null ? null : parseVerifierKey(givenKey)
  if (readKey?.ok === false) throw new CommandError(messages.badKey(readKey.reason))
  switch (target.kind) {
    case 'file': return showReceipt(await readFile(target.path, 'utf8'), givenKey, context)
    case 'receipt': return showReceipt(await fetchReceipt(target.url, context), givenKey, context)
    case 'log': return showLog(target.url, givenKey, context)
  }
}

async function fetchReceipt(url: string, context: CommandContext): Promise<string> {
  // A token is shown to the own server only, whatever address the receipt has.
  const token = new URL(url).origin === new URL(serverUrl(context)).origin ? await findToken(context) : null
  const headers = { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) }
  const response = await reach(context)(url, { headers })
  const text = await response.text()
  if (!response.ok) throw new CommandError(`${url}: HTTP ${response.status}${token === null ? ` — ${context.messages.notSignedIn}` : ''}`)
  return text
}

function showReceipt(text: string, givenKey: string | null, { messages, terminal }: CommandContext): number {
  const receipt = parseReceipt(parseJson(text))
  if (receipt === null) throw new CommandError(messages.noReceipt)
  if (receipt.proof === null) throw new CommandError(messages.receiptPending)
  const key = givenKey ?? receipt.verifierKey
  if (key === null) throw new CommandError(messages.noKey)
  if (givenKey === null) terminal.aside(messages.keyFromReceipt(printable(key)))
  const { verdict, isShownTruly, leafIndex } = checkReceipt(receipt, receipt.proof, key)
  const holds = verdict.ok && isShownTruly
  if (holds && receipt.item !== null) showContent(receipt.item, { messages, terminal })
  for (const { name, ok, reason } of verdict.checks) terminal.line(mark(ok, messages.check(name), reason))
  terminal.line(mark(isShownTruly, messages.check('shown'), ''))
  const { size = 0, origin = '' } = verdict.checkpoint ?? {}
  terminal.line(holds ? messages.receiptHolds(leafIndex, size, origin) : messages.receiptFails)
  return holds ? 0 : 1
}

/** Said only of what was proved. */
function showContent(item: EvidenceItem, { messages, terminal }: Pick<CommandContext, 'messages' | 'terminal'>): void {
  const { actor, action, subject, detail } = item.body
  const said: readonly (readonly [string, string])[] = [
    [messages.who, [actor.name, actor.kind, actor.id, actor.organisation ?? ''].filter((part) => part !== '').join(' · ')],
    [messages.what, action],
    [messages.about, [subject.title, subject.type, subject.id].filter((part) => part !== '').join(' · ')],
    [messages.when, item.at],
    [messages.detail, JSON.stringify(detail)],
  ]
  for (const [label, value] of said) terminal.line(`  ${label}: ${printable(value)}`)
}

async function showLog(url: string, givenKey: string | null, context: CommandContext): Promise<number> {
  const { messages, terminal } = context
  const get = reach(context)
  const key = givenKey ?? (await keyOfServer(url, get))
  if (key === null) throw new CommandError(messages.noKey)
  if (givenKey === null) terminal.aside(messages.keyFromServer(key))
  const report = await auditOverHttp(url, key, get, (done, all) => terminal.progress(messages.reading(count(done), count(all))))
  if (report.examined) terminal.line(messages.logHead(printable(report.origin ?? ''), count(report.size)))
  if (report.examined) terminal.line(mark(true, messages.signatureHolds, ''))
  for (const { name, reason } of report.damages) terminal.line(mark(false, messages.damage(name, reason), ''))
  const more = report.damageCount - report.damages.length
  if (more > 0) terminal.line(mark(false, messages.moreDamages(more), ''))
  if (report.ok) {
    terminal.line(mark(true, messages.entriesHold(count(report.entriesRead)), ''))
    terminal.line(mark(true, messages.tilesHold(count(report.tilesRead)), ''))
  }
  terminal.line(report.ok ? messages.logSound : messages.logDamaged(report.damageCount))
  return report.ok ? 0 : 1
}

async function keyOfServer(url: string, get: typeof fetch): Promise<string | null> {
  const response = await get(`${url}/key`)
  return response.ok ? (await response.text()).trim() : null
}

const mark = (ok: boolean, text: string, reason: string): string => `${ok ? '✓' : '✗'} ${text}${reason === '' ? '' : `: ${printable(reason)}`}`

/** A receipt may come from anybody: nothing in it may command the terminal. */
// eslint-disable-next-line no-control-regex
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
