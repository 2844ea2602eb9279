import {
  encodeEntries, encodeReceipt, formatCheckpoint, leafHash, noteSigner, proveInclusion, type Receipt, sealEntry, signNote,
  tilePath, tilesForAppend,
} from '@datong/evidence-log'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand, serve } from '../testing.ts'

const SIZE = 300
const signer = noteSigner('city.test/log', new Uint8Array(32).fill(1))
const otherKey = noteSigner('city.test/log', new Uint8Array(32).fill(2)).verifierKey
const idOf = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`
const bodyOf = (n: number) => ({
  action: 'catalog.entry.published', actor: { kind: 'user', id: 'u', name: '王芳', organisation: null }, parties: [],
  subject: { type: 'entry', id: `e-${n}`, title: '停车场' }, detail: { n },
})
const salt = new Uint8Array(16).fill(3)
const entries = Array.from({ length: SIZE }, (_, n) =>
  sealEntry({ id: idOf(n), at: '2026-01-01T00:00:00.000Z', chain: 'decision', body: bodyOf(n), salt }).leaf)

describe('datong verify', () => {
  const files = new Map<string, Uint8Array>()
  let folder: string
  let server: Awaited<ReturnType<typeof serve>>
  let checkpoint: string

  const receiptOf = async (n: number): Promise<Receipt> => encodeReceipt({
    leaf: entries[n] ?? new Uint8Array(), body: bodyOf(n), salt, leafIndex: n, checkpoint,
    proof: await proveInclusion(n, SIZE, async (level, index, width) => files.get(`/log/${tilePath({ level, index, width })}`) ?? new Uint8Array()),
  })
  const answered = async (n: number) => {
    const { proof, body, ...rest } = await receiptOf(n)
    return {
      id: idOf(n), state: 'sequenced', verifierKey: signer.verifierKey,
      item: { id: idOf(n), leafIndex: n, at: '2026-01-01T00:00:00.000Z', chain: 'decision', body },
      proof: { ...rest, treeSize: SIZE, inclusion: proof },
    }
  }
  const verifyFile = async (content: unknown, ...args: string[]) => {
    const path = join(folder, 'receipt.json')
    await writeFile(path, JSON.stringify(content))
    return runCommand(['verify', path, ...args], {})
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datong-cli-'))
    const grown = await tilesForAppend(0, async () => new Uint8Array(), entries.map(leafHash))
    for (const { bytes, ...address } of grown.tiles) files.set(`/log/${tilePath(address)}`, bytes)
    for (const [index, from, to] of [[0, 0, 256], [1, 256, SIZE]] as const) {
      files.set(`/log/${tilePath({ level: 'entries', index, width: to - from })}`, encodeEntries(entries.slice(from, to)))
    }
    checkpoint = signNote(formatCheckpoint({ origin: 'city.test/log', size: SIZE, root: grown.root }), [signer])
    files.set('/log/checkpoint', Buffer.from(checkpoint))
    files.set('/log/key', Buffer.from(`${signer.verifierKey}\n`))
    files.set(`/api/v1/evidence/receipts/${idOf(7)}`, Buffer.from(JSON.stringify(await answered(7))))
    server = await serve((request) => {
      const body = files.get(request.url ?? '')
      return body === undefined ? null : { body, type: 'application/octet-stream' }
    })
  })
  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  it('says what a receipt proves, each check in plain words', async () => {
    const { code, lines, asides } = await verifyFile(await answered(17), '--key', signer.verifierKey)
    expect(code).toBe(0)
    expect(asides).toEqual([])
    expect(lines.join('\n')).toContain('王芳')
    expect(lines.filter((line) => line.startsWith('✓'))).toHaveLength(6)
    expect(lines.at(-1)).toBe('The receipt holds: entry 17 of 300 in city.test/log.')
  })

  it('takes the bare receipt of the library too', async () => {
    expect((await verifyFile(await receiptOf(299), '--key', signer.verifierKey)).code).toBe(0)
    expect((await verifyFile(await receiptOf(299))).code).toBe(1)
  })

  it('warns when the key comes from the receipt itself', async () => {
    const { code, asides } = await verifyFile(await answered(17))
    expect(code).toBe(0)
    expect(asides[0]).toContain('compare it with the published one')
  })

  it.each([
    ['another log\'s key', (json: string) => json, otherKey, 'the checkpoint is signed'],
    ['a changed body', (json: string) => json.replace('"n":17', '"n":99'), signer.verifierKey, 'the content'],
    ['a changed time beside the proof', (json: string) => json.replace('2026-01-01', '2027-01-01'), signer.verifierKey, 'id, time and chain'],
    ['another place', (json: string) => json.replaceAll('"leafIndex":17', '"leafIndex":16'), signer.verifierKey, 'the record stands'],
  ])('refuses %s and says which check failed', async (_, change, key, check) => {
    const { code, lines } = await verifyFile(JSON.parse(change(JSON.stringify(await answered(17)))), '--key', key)
    expect(code).toBe(1)
    expect(lines.find((line) => line.startsWith('✗'))).toContain(check)
    expect(lines.join('\n')).not.toContain('王芳')
  })

  it('says so when a record has no place in the log yet, and when a file is no receipt', async () => {
    expect((await verifyFile({ ...(await answered(1)), proof: null, state: 'pending' })).asides[0]).toContain('no place in the signed log yet')
    expect((await verifyFile({ hello: 1 })).asides[0]).toBe('This is not a receipt.')
    expect((await runCommand(['verify', '/nowhere'], {})).code).toBe(1)
  })

  it('fetches a receipt by its address or its id', async () => {
    expect((await runCommand(['verify', `${server.url}/api/v1/evidence/receipts/${idOf(7)}`], {})).code).toBe(0)
    expect((await runCommand(['verify', idOf(7)], { DATONG_URL: server.url })).code).toBe(0)
  })

  it('checks a whole log by its address', async () => {
    for (const url of [server.url, `${server.url}/log`, `${server.url}/log/checkpoint`]) {
      const { code, lines } = await runCommand(['verify', url, '--key', signer.verifierKey], {})
      expect(lines.at(-1)).toBe('The log is sound.')
      expect(code).toBe(0)
    }
  })

  it.each([
    ['/log/tile/entries/001.p/44', 'entry 256'],
    ['/log/tile/0/000', 'tile/0/000'],
    ['/log/tile/1/000.p/1', 'tile/1/000.p/1'],
    ['/log/checkpoint', 'checkpoint'],
  ])('names the place when one byte of %s is changed', async (path, place) => {
    const whole = files.get(path) ?? new Uint8Array()
    const damaged = Uint8Array.from(whole)
    damaged[20] = (damaged[20] ?? 0) ^ 1
    files.set(path, damaged)
    const { code, lines } = await runCommand(['verify', server.url, '--key', signer.verifierKey], {})
    files.set(path, whole)
    expect(code).toBe(1)
    expect(lines.filter((line) => line.startsWith('✗')).join('\n')).toContain(`damaged: ${place}`)
  })

  it('says when the server cannot be reached', async () => {
    const { code, asides } = await runCommand(['verify', 'http://127.0.0.1:9/log'], {})
    expect(code).toBe(1)
    expect(asides[0]).toContain('Is the server running?')
  })
})
