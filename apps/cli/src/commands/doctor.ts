import { operations } from '@datong/contracts'
import { openCheckpoint } from '@datong/evidence-log'
import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type CommandContext, count } from '../context.ts'
import { sentenceOf } from '../failure.ts'
import { clientOf, reach, serverUrl } from '../server.ts'

interface Finding {
  readonly ok: boolean
  readonly text: string
}

const LOW_DISK_BYTES = 2 * 2 ** 30

/** `datong doctor`: looks at the server, the disk and the evidence log; 0 only when all is well. */
export async function doctor(_args: readonly string[], context: CommandContext): Promise<number> {
  const { messages, terminal } = context
  let well = true
  for (const look of [lookAtServer, lookAtDisk, lookAtLog]) {
    const findings = await look(context).catch((error: unknown) => [{ ok: false, text: sentenceOf(error, messages) }])
    for (const { ok, text } of findings) terminal.line(`${ok ? '✓' : '✗'} ${text}`)
    well &&= findings.every(({ ok }) => ok)
  }
  return well ? 0 : 1
}

async function lookAtServer(context: CommandContext): Promise<Finding[]> {
  const { messages } = context
  const response = await reach(context)(`${serverUrl(context)}/readyz`)
  if (response.ok) return [{ ok: true, text: messages.ready }]
  // The answer lists what failed; whatever it is, it is only shown.
  const { checks = {} } = (await response.json().catch(() => ({}))) as { checks?: Record<string, string> }
  const failed = Object.entries(checks).filter(([, state]) => state !== 'ok').map(([name]) => name)
  return [{ ok: false, text: messages.notReady(failed.join(', ') || `HTTP ${response.status}`) }]
}

async function lookAtDisk({ env, messages }: CommandContext): Promise<Finding[]> {
  const home = resolve(env['DATONG_HOME'] || 'var')
  const { bavail, bsize } = await statfs(home).catch(() => statfs(dirname(home)))
  const free = bavail * bsize
  const text = `${(free / 2 ** 30).toFixed(1)} GiB`
  return [free < LOW_DISK_BYTES ? { ok: false, text: messages.diskLow(home, text) } : { ok: true, text: messages.diskFree(home, text) }]
}

async function lookAtLog(context: CommandContext): Promise<Finding[]> {
  const { messages } = context
  const { checkpoint, verifierKey, size, pending, lastAudit } = await clientOf(context, null)(operations.evidenceStatus)
  const opened = openCheckpoint(checkpoint, verifierKey)
  const audit: Finding = lastAudit === null
    ? { ok: true, text: messages.neverAudited }
    : {
      ok: lastAudit.state === 'sound' || lastAudit.state === 'running',
      text: [messages.lastAudit(messages.auditStates[lastAudit.state], lastAudit.startedAt), ...lastAudit.damages.map(({ where }) => where)].join(' · '),
    }
  return [
    { ok: true, text: messages.logStatus(count(size), count(pending)) },
    opened.ok ? { ok: true, text: messages.signatureHolds } : { ok: false, text: messages.damage('checkpoint', opened.reason) },
    audit,
  ]
}
