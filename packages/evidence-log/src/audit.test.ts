import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditLog } from './audit.ts'
import type { AuditReport, Damage } from './audit-report.ts'
import { formatCheckpoint } from './checkpoint.ts'
import { decodeEntries, encodeEntries } from './entry-bundle.ts'
import { HASH_BYTES, leafHash } from './hash.ts'
import { signNote } from './note.ts'
import { entriesNamed, MemoryLog, testSigner } from './testing/memory-log.ts'
import { parseTilePath } from './tile-layout.ts'

/** Batches that end at these sizes leave partial tiles of earlier trees behind. */
async function logOf(...sizes: readonly number[]): Promise<MemoryLog> {
  const log = new MemoryLog()
  for (const size of sizes) await log.append(entriesNamed(log.size, size - log.size))
  return log
}

const audit = (log: MemoryLog, checkpoint: string | Uint8Array = log.checkpoint): Promise<AuditReport> =>
  auditLog({
    checkpoint,
    verifierKey: testSigner.verifierKey,
    readTile: log.readTile,
    readEntries: log.readEntries,
    earlierPartials: [...log.files.keys()].map(parseTilePath).filter((address) => address !== null),
  })

const names = (report: AuditReport): string[] => report.damages.map((damage) => damage.name)

function flip(log: MemoryLog, path: string, at: number, bits = 1): void {
  const bytes = log.files.get(path)?.slice()
  if (bytes === undefined) throw new Error(`no ${path}`)
  bytes[at] = (bytes[at] ?? 0) ^ bits
  log.files.set(path, bytes)
}

/** Whether one damage is about the changed byte: the tile and the hash in it, or the entry or bundle. */
function isNamed(damage: Damage, path: string, at: number): boolean {
  if (damage.kind === 'tile') return damage.path === path && damage.positions.includes(Math.floor(at / HASH_BYTES))
  return (damage.kind === 'entry' || damage.kind === 'bundle') && damage.path === path
}

describe('an audit of a whole log', () => {
  it('passes logs of any size', async () => {
    for (const size of [0, 1, 2, 255, 256, 257, 512, 1000]) {
      const log = await logOf(size)
      expect(await audit(log), `${size}`).toMatchObject({ ok: true, size, entriesRead: size, damageCount: 0 })
    }
  })

  it('finds and names any one changed byte of any tile or bundle, earlier partial ones too', async () => {
    const logs = await Promise.all([logOf(3), logOf(256), logOf(100, 300, 700), logOf(512)])
    const change = fc.record({ file: fc.nat(), byte: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...logs), change, async (log, { file, byte, bits }) => {
        const path = [...log.files.keys()][file % log.files.size] ?? ''
        const at = byte % (log.files.get(path)?.length ?? 1)
        flip(log, path, at, bits)
        try {
          const { ok, damages } = await audit(log)
          expect(ok).toBe(false)
          expect(damages.length, JSON.stringify(damages)).toBeGreaterThan(0)
          expect(damages.every((damage) => isNamed(damage, path, at)), JSON.stringify(damages)).toBe(true)
        } finally {
          flip(log, path, at, bits)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('never passes a log with several changed bytes', async () => {
    const log = await logOf(100, 300, 700)
    const changes = fc.uniqueArray(fc.record({ file: fc.nat(), at: fc.nat() }), { minLength: 2, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const sound = new Map(log.files)
        for (const { file, at } of list) {
          const path = [...sound.keys()][file % sound.size] ?? ''
          log.files.set(path, sound.get(path)?.slice() ?? new Uint8Array())
          flip(log, path, at % (sound.get(path)?.length ?? 1))
        }
        const { ok, damageCount } = await audit(log)
        for (const [path, bytes] of sound) log.files.set(path, bytes)
        expect([ok, damageCount > 0]).toEqual([false, true])
      }),
    )
  })

  it('names exactly the entry whose content was changed', async () => {
    const log = await logOf(700)
    const { entries } = decodeEntries(log.files.get('tile/entries/001') ?? new Uint8Array(), 256)
    const changed = entries.map((entry, i) => (i === 17 ? Buffer.from('another') : entry))
    log.files.set('tile/entries/001', encodeEntries(changed))
    expect((await audit(log)).damages).toEqual([
      {
        kind: 'entry',
        name: 'entry 273',
        entryIndex: 273,
        path: 'tile/entries/001',
        reason: 'it is not the entry that was signed',
      },
    ])
  })

  it('says from which entry on a bundle with a broken length is wrong', async () => {
    const log = await logOf(300)
    flip(log, 'tile/entries/000', 2 + 'entry 0'.length)
    const [damage] = (await audit(log)).damages
    expect(damage).toMatchObject({ kind: 'bundle', name: 'tile/entries/000' })
    expect(damage?.reason).toContain('entry 1 is the first that is wrong')
  })

  it('finds any changed byte of the checkpoint, and does not trust its size', async () => {
    const log = await logOf(5)
    const note = Buffer.from(log.checkpoint)
    for (let at = 0; at < note.length; at++) {
      const changed = Uint8Array.from(note)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(await audit(log, changed)).toMatchObject({ ok: false, examined: false, entriesRead: 0 })
    }
    expect(names(await audit(log, log.checkpoint.replace('\n5\n', '\n6\n')))).toEqual(['checkpoint signature'])
  })

  it('names several damages, each by its name', async () => {
    const log = await logOf(100, 700)
    flip(log, 'tile/entries/000', 5)
    flip(log, 'tile/0/000', 40)
    flip(log, 'tile/0/001', 0)
    flip(log, 'tile/1/000.p/2', 33)
    flip(log, 'tile/entries/002.p/188', 6)
    flip(log, 'tile/0/000.p/100', 64)
    expect(names(await audit(log)).toSorted()).toEqual([
      'entry 0', 'entry 512', 'tile/0/000', 'tile/0/000.p/100', 'tile/0/001', 'tile/1/000.p/2',
    ])
  })

  it('names what is missing or too long', async () => {
    const log = await logOf(700)
    log.files.delete('tile/0/001')
    log.files.delete('tile/entries/000')
    const long = [log.files.get('tile/1/000.p/2') ?? new Uint8Array(), Buffer.from('!')]
    log.files.set('tile/1/000.p/2', Buffer.concat(long))
    const report = await audit(log)
    expect(names(report).toSorted()).toEqual(['tile/0/001', 'tile/1/000.p/2', 'tile/entries/000'])
    const missing = report.damages.find((damage) => damage.name === 'tile/0/001')
    expect(missing?.reason).toBe('it cannot be read: no tile/0/001')
  })

  it('finds an entry that was rewritten together with its tile', async () => {
    const log = await logOf(700)
    const { entries } = decodeEntries(log.files.get('tile/entries/001') ?? new Uint8Array(), 256)
    const changed = entries.map((entry, i) => (i === 17 ? Buffer.from('another') : entry))
    log.files.set('tile/entries/001', encodeEntries(changed))
    log.files.set('tile/0/001', Buffer.concat(changed.map(leafHash)))
    expect(names(await audit(log))).toEqual(['tile/entries/001', 'tile/0/001'])
  })

  it('finds a whole log that was rewritten under an old checkpoint', async () => {
    const [log, forged] = [await logOf(700), new MemoryLog()]
    await forged.append([...entriesNamed(0, 699), Buffer.from('another')])
    expect(names(await audit(forged, log.checkpoint))).toEqual(['root'])
  })

  it('names the root when a wrong one was signed', async () => {
    const log = await logOf(300)
    const text = formatCheckpoint({ origin: testSigner.name, size: 300, root: new Uint8Array(HASH_BYTES) })
    expect(names(await audit(log, signNote(text, [testSigner])))).toEqual(['root'])
  })

  it('counts all damages of a log in ruins, and keeps the first', async () => {
    const log = await logOf(600)
    const report = await auditLog({
      checkpoint: log.checkpoint,
      verifierKey: testSigner.verifierKey,
      readTile: log.readTile,
      readEntries: async (_index, width) => encodeEntries(entriesNamed(9000, width)),
      maxDamages: 10,
    })
    expect([report.damageCount, report.damages.length]).toEqual([600, 10])
  })

  it('reaches damages in the upper levels of a log of 66,000 entries', async () => {
    const log = await logOf(66_000)
    expect((await audit(log)).ok).toBe(true)
    flip(log, 'tile/1/000', 32 * 7)
    flip(log, 'tile/2/000.p/1', 3)
    flip(log, 'tile/entries/100', 4)
    expect(names(await audit(log)).toSorted()).toEqual(['entry 25600', 'tile/1/000', 'tile/2/000.p/1'])
  })
})
