import { formatCheckpoint, noteSigner, signNote } from '@datong/evidence-log'
import { tmpdir } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, runCommand, serve } from '../testing.ts'

const signer = noteSigner('city.test/log', new Uint8Array(32).fill(1))
const checkpoint = signNote(formatCheckpoint({ origin: 'city.test/log', size: 2, root: new Uint8Array(32) }), [signer])
const status = (changes: object = {}): Answer => ({
  body: JSON.stringify({ origin: 'city.test/log', verifierKey: signer.verifierKey, size: 2, pending: 0, checkpoint, lastAudit: null, ...changes }),
})

describe('datong doctor', () => {
  let server: Awaited<ReturnType<typeof serve>> | undefined
  const examine = async (ready: Answer, log: Answer) => {
    server = await serve(({ url }) => (url === '/readyz' ? ready : log))
    return runCommand(['doctor'], { DATONG_URL: server.url, DATONG_HOME: tmpdir() })
  }
  afterEach(() => server?.close())

  it('finds a healthy installation well', async () => {
    const { code, lines } = await examine({ body: '{}' }, status())
    expect(lines).toContain('✓ the server is ready')
    expect(lines).toContain('✓ the evidence log has 2 entries, 0 wait')
    expect(lines.filter((line) => line.startsWith('✗') && !line.includes('disk'))).toEqual([])
    expect(lines.some((line) => line.includes('disk'))).toBe(true)
    expect(code).toBe(lines.some((line) => line.startsWith('✗')) ? 1 : 0)
  })

  it('names what is not ready and what the last check of the log found', async () => {
    const damaged = { state: 'damaged', startedAt: '2026-01-01T00:00:00Z', damages: [{ where: 'entry 17' }] }
    const { code, lines } = await examine(
      { status: 503, body: JSON.stringify({ checks: { database: 'ok', engine: 'failed' } }) }, status({ lastAudit: damaged, checkpoint: checkpoint.replace('2', '3') }),
    )
    const wrong = lines.filter((line) => line.startsWith('✗')).join('\n')
    for (const part of ['engine', 'entry 17', 'checkpoint']) expect(wrong).toContain(part)
    expect(wrong).not.toContain('database')
    expect(code).toBe(1)
  })

  it('says that the server cannot be reached', async () => {
    const { code, lines } = await runCommand(['doctor'], { DATONG_URL: 'http://127.0.0.1:9', DATONG_HOME: tmpdir() })
    expect(lines[0]).toContain('Is the server running?')
    expect(code).toBe(1)
  })
})
