import { systemClock } from '@datong/kernel'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connector, ConnectorTools, OpenSource, ReadRequest, SourceBatch, Watermark } from './connector.ts'
import { createRowsDigest } from './rows-digest.ts'

type Settings = Readonly<Record<string, string | number | boolean>>

/** A source that runs, with what the suite needs to know of it. */
export interface Subject {
  readonly settings: Settings
  readonly secrets: Settings
  /** Settings that lead nowhere. */
  readonly nowhere: Settings
  /** Secrets that are wrong; null where there are none. */
  readonly wrong: Settings | null
  readonly from: ReadRequest['from']
  /** What the object holds: rows of texts, or the file. */
  readonly holds: { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | null)[])[] } | { readonly file: string }
  readonly key?: readonly string[]
  /** Column of the marks, and a change at the source that a read after the mark must bring; with the texts that it brings. */
  readonly marks?: { readonly by?: string; change(): Promise<void>; readonly brings: readonly (readonly (string | null)[])[] | { readonly file: string } }
  /** Words that no error may contain. */
  readonly hidden: readonly string[]
  /** False where the network rules do not apply. */
  readonly hasAddress: boolean
  /** Where its drop folders lie. */
  readonly dropFolder?: string
  stop(): Promise<void>
}

/** Everything that each connector keeps to. Run it in a file of the connector's own, with a real source. */
export function describeConnector(name: string, connector: Connector, start: () => Promise<Subject>): void {
  describe(`the connector ${name}`, () => {
    let subject: Subject
    let folder: string
    const aborting = (): AbortController => new AbortController()
    const toolsWith = (change: Partial<ConnectorTools> = {}): ConnectorTools => ({
      outbound: { allowLoopback: true, pushNetworks: null, harvestNetworks: [], sourceNetworks: [] }, clock: systemClock, signal: aborting().signal, scratch: folder,
      dropFolder: subject.dropFolder ?? join(folder, 'drop'), maxFileBytes: 50_000_000, ownDatabase: async () => ({ cluster: 'another', database: 'another' }), ...change,
    })
    const opened = (change?: Partial<ConnectorTools>): Promise<OpenSource> => connector.open(subject.settings, subject.secrets, toolsWith(change))

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'datong-source-'))
      subject = await start()
    }, 60_000)
    afterAll(async () => {
      await subject?.stop()
      await rm(folder, { recursive: true, force: true })
    })

    it('describes its settings so that a form can be drawn', () => {
      const properties = [...Object.values(connector.settings.properties), ...Object.values(connector.secrets.properties)] as { title?: string; titleEn?: string; type?: string; enum?: unknown }[]
      for (const property of properties) {
        expect(property.title).toMatch(/./)
        expect(property.titleEn).toMatch(/./)
        expect(property.enum !== undefined || ['string', 'integer', 'boolean'].includes(property.type ?? '')).toBe(true)
      }
    })

    it('refuses settings that it does not know, with all issues', async () => {
      const attempt = connector.open({ ...subject.settings, unheard: 1 }, { ...subject.secrets, alien: 'x' }, toolsWith())
      await expect(attempt).rejects.toMatchObject({ code: 'collection/source-settings', issues: [{ pointer: '/settings/unheard' }, { pointer: '/secrets/alien' }] })
    })

    it('says that the source is there', async () => {
      const source = await opened()
      await source.check()
      await source.close()
      await source.close()
    })

    it('says that nobody is there', async () => {
      const attempt = connector.open(subject.nowhere, subject.secrets, toolsWith()).then((source) => source.check())
      await expect(attempt).rejects.toMatchObject({ code: 'collection/source-unreachable' })
    })

    it('does not go where it may not', async () => {
      if (!subject.hasAddress) return
      const outbound = { allowLoopback: false, pushNetworks: null, harvestNetworks: [], sourceNetworks: [] }
      const attempt = opened({ outbound }).then((source) => source.check())
      await expect(attempt).rejects.toMatchObject({ code: 'delivery/address-refused' })
    })

    it('says that it was not let in, without the secret', async () => {
      if (subject.wrong === null) return
      const error: unknown = await connector.open(subject.settings, subject.wrong, toolsWith()).then((source) => source.check()).then(() => undefined, (caught: unknown) => caught)
      expect(error).toMatchObject({ code: 'collection/source-refused', params: { reason: 'credentials' } })
      expect([...subject.hidden, ...Object.values(subject.wrong)].filter((word) => JSON.stringify([error, String(error)]).includes(String(word)))).toEqual([])
    })

    it('tells what there is', async () => {
      const source = await opened()
      const objects = await source.objects()
      expect(new Set(objects.map((one) => one.name)).size).toBe(objects.length)
      if ('object' in subject.from) {
        const { object } = subject.from
        const found = objects.find((one) => one.name === object)
        expect(found).toBeDefined()
        if (subject.key !== undefined) expect(found?.key).toEqual(subject.key)
      }
      await source.close()
    })

    it('reads all of it, as it is', async () => {
      const source = await opened()
      expect(await contentOf(source.read({ from: subject.from }))).toEqual(subject.holds)
      await source.close()
    })

    it('sums up what it reads as the source sums it up', async () => {
      const source = await opened()
      if (!connector.can.summary || source.summary === undefined) return
      const request: ReadRequest = { from: subject.from, summarise: true }
      const batches = await all(source.read(request))
      const digest = createRowsDigest()
      for (const batch of batches) if (batch.kind === 'rows') batch.rows.forEach((row) => { digest.add(row) })
      expect(batches.at(-1)).toEqual({ kind: 'summary', ...digest.sum() })
      expect(await source.summary(request)).toEqual(digest.sum())
      await source.close()
    })

    it('goes on behind any batch', async () => {
      const source = await opened()
      const batches = await all(source.read({ from: subject.from }))
      const rows = batches.flatMap((batch) => (batch.kind === 'rows' ? [batch] : []))
      let before = 0
      for (const { rows: some, position } of rows) {
        before += some.length
        if (position === null) continue
        const rest = await contentOf(source.read({ from: subject.from, position }))
        expect('rows' in rest && 'rows' in subject.holds && rest.rows).toEqual('rows' in subject.holds && subject.holds.rows.slice(before))
      }
      await source.close()
    })

    it('lets go of the source when nobody wants more', async () => {
      const source = await opened()
      for await (const _ of source.read({ from: subject.from })) break
      await source.check()
      await source.close()
    })

    it('ends with the reason of the signal', async () => {
      const stop = aborting()
      const source = await opened({ signal: stop.signal })
      const reason = new Error('enough')
      stop.abort(reason)
      await expect(all(source.read({ from: subject.from }))).rejects.toBe(reason)
      await source.close()
    })

    it('brings what changed after a mark', async () => {
      if (subject.marks === undefined) return
      const { by, change, brings } = subject.marks
      const source = await opened()
      const mark = markIn(await all(source.read({ from: subject.from, ...(by === undefined ? {} : { markBy: by }) })), by)
      await change()
      const again = source.read({ from: subject.from, after: mark, ...(by === undefined ? {} : { markBy: by }) })
      const content = await contentOf(again)
      expect('rows' in content ? content.rows : content).toEqual(brings)
      await source.close()
    })
  })
}

export async function all(batches: AsyncIterable<SourceBatch>): Promise<SourceBatch[]> {
  const found: SourceBatch[] = []
  for await (const batch of batches) found.push(batch)
  return found
}

/** Rows with the names of their columns, or the text of the file. */
export async function contentOf(batches: AsyncIterable<SourceBatch>): Promise<{ columns: string[]; rows: (string | null)[][] } | { file: string }> {
  const columns: string[] = []
  const rows: (string | null)[][] = []
  for await (const batch of batches) {
    if (batch.kind === 'columns') columns.push(...batch.columns.map((column) => column.name))
    if (batch.kind === 'rows') rows.push(...batch.rows.map((row) => [...row]))
    if (batch.kind === 'file') return { file: await readFile(batch.path, 'utf8') }
  }
  return { columns, rows }
}

function markIn(batches: readonly SourceBatch[], by: string | undefined): Watermark {
  for (const batch of batches.toReversed()) {
    if (batch.kind === 'file' && batch.mark !== null) return batch.mark
    if (batch.kind === 'rows' && batch.mark !== null && by !== undefined) return { column: by, value: batch.mark }
  }
  throw new Error('no batch told a mark')
}
