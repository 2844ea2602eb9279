import { fromDcatUs } from '@datong/catalog-metadata'
import { AppError } from '@datong/kernel'
import { JSONParser } from '@streamparser/json'
import { createReadStream } from 'node:fs'
import { type HarvestPage, type SourceKind, STREAMED_LIMITS } from './kind.ts'
import { problemOf } from './problem-of.ts'

const PAGE = 200

/**
 * DCAT-US 1.1: one document with all data sets, read piece by piece, so that its size does not matter to memory. Nobody can
 * ask it for what changed; a source that tags its document need not send an unchanged one again.
 */
export const dcatUs: SourceKind = {
  async* pages({ url, etag, from }, fetch, noted) {
    const fetched = await fetch(url, { accept: 'application/json', etag: from === null ? etag : null, limits: STREAMED_LIMITS })
    noted.etag = fetched.etag
    noted.unchanged = !fetched.isNew
    if (!fetched.isNew) return
    let index = 0
    let page: unknown[] = []
    for await (const value of datasetsIn(fetched.file, new URL(url).hostname)) {
      index++
      if (index <= Number(from ?? 0)) continue
      page.push(value)
      if (page.length < PAGE) continue
      yield pageOf(page, index)
      page = []
    }
    yield pageOf(page, index)
  },
}

function pageOf(values: readonly unknown[], position: number): HarvestPage {
  const read = values.map((value) => ({ value, dataset: fromDcatUs(value) }))
  return {
    datasets: read.flatMap(({ dataset }) => dataset ?? []),
    problems: read.flatMap(({ value, dataset }) => (dataset === undefined ? [problemOf(value)] : [])),
    position: String(position),
    total: null,
  }
}

/** The elements of `dataset`, one after the other. @throws AppError `harvest/not-a-catalogue` */
async function* datasetsIn(file: string, host: string): AsyncGenerator<unknown> {
  const parser = new JSONParser({ paths: ['$.dataset', '$.dataset.*'], keepStack: false })
  const found: unknown[] = []
  let isCatalogue = false
  parser.onValue = ({ value, key }) => {
    // The list itself comes last, emptied of what was taken out of it.
    if (key === 'dataset') isCatalogue = true
    else found.push(value)
  }
  try {
    for await (const chunk of createReadStream(file)) {
      parser.write(chunk as Buffer) // no encoding was asked for
      yield* found.splice(0)
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('harvest/not-a-catalogue', { host, wanted: 'DCAT-US' })
  }
  yield* found
  if (!isCatalogue) throw new AppError('harvest/not-a-catalogue', { host, wanted: 'DCAT-US' })
}
