import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import type { Benchmark, Figures } from '../benchmark.ts'
import { type Defer, withCleanup } from '../cleanup.ts'
import { COLUMNS, generateTable } from '../load/generate-table.ts'
import type { Settings } from '../settings.ts'
import { round } from '../statistics.ts'
import { cpuMicrosOf } from './cpu-time.ts'
import { memoryOf } from './memory.ts'
import { type Offer, prepare } from './prepare.ts'
import { putToRest, servingTable, startGoverned } from './start.ts'

const SEED = 271_828
const SAMPLE_EVERY_MS = 200
const MIB = 2 ** 20

const offerOf = (rows: number): Offer => ({
  title: '办件信息', rows, csv: () => generateTable(rows, SEED), identifier: COLUMNS[0], sharingType: 'conditional',
})

/** A whole resource as a file, by key: masked, hashed, recorded, sent. */
export const fileBenchmark: Benchmark = {
  name: 'file',
  run: (settings, tell) => withCleanup((defer) => measure(settings, tell, defer)),
}

async function measure({ fileRows, rounds, profileFolder }: Settings, tell: (line: string) => void, defer: Defer): Promise<Figures> {
  const { governed, password, connection } = await startGoverned(profileFolder, defer)
  const { entry, key } = await prepare(governed.url, password, offerOf(fileRows))
  // It is built in the background, in the same process.
  await servingTable(connection, entry.code)
  await putToRest(connection)
  const masked = entry.fields.filter(({ masking }) => masking !== null).map(({ name }) => name)
  tell(`${fileRows} rows; masked: ${masked.join(', ')}`)
  const found: Record<string, Taken[]> = {}
  for (let turn = 0; turn < rounds; turn++) {
    for (const format of ['csv', 'json'] as const) {
      const one = await take(`${governed.url}/data/v1/${entry.code}/download?format=${format}`, key, governed.pid, format === 'csv' ? fileRows + 1 : undefined)
      ;(found[format] ??= []).push(one)
      tell(`${format}: ${round(one.bytes / MIB)} MiB in ${round(one.seconds, 1)} s, first byte after ${round(one.firstByteSeconds, 1)} s, ${round(one.megabytesPerSecond, 1)} MB/s, ${round(one.cpuSeconds, 1)} s of processor, memory ${one.memoryBeforeMiB} → ${one.mostMemoryMiB} MiB`)
    }
  }
  const best = (format: string): Taken => (found[format] ?? []).toSorted((a, b) => b.megabytesPerSecond - a.megabytesPerSecond)[0]! // at least one round
  const [csv, json] = [best('csv'), best('json')]
  const rates = ({ bytes, seconds, firstByteSeconds, megabytesPerSecond }: Taken) => ({
    preparing: round(bytes / 1e6 / firstByteSeconds, 1), sending: round(bytes / 1e6 / (seconds - firstByteSeconds), 1), together: round(megabytesPerSecond, 1),
  })
  return {
    csvMegabytesPerSecond: rates(csv), jsonMegabytesPerSecond: rates(json),
    csvMegabytesPerCpuSecond: round(csv.bytes / 1e6 / csv.cpuSeconds, 1), jsonMegabytesPerCpuSecond: round(json.bytes / 1e6 / json.cpuSeconds, 1),
    csvSeconds: round(csv.seconds, 1), csvFirstByteSeconds: round(csv.firstByteSeconds, 1), csvMegabytes: round(csv.bytes / 1e6),
    jsonSeconds: round(json.seconds, 1), jsonFirstByteSeconds: round(json.firstByteSeconds, 1), jsonMegabytes: round(json.bytes / 1e6),
    memoryBeforeMiB: csv.memoryBeforeMiB, mostMemoryMiB: Math.max(csv.mostMemoryMiB, json.mostMemoryMiB), rows: fileRows, maskedFields: masked.length, rounds,
  }
}

interface Taken {
  readonly bytes: number
  readonly seconds: number
  readonly firstByteSeconds: number
  /** From the request to the last byte. */
  readonly megabytesPerSecond: number
  /** Processor time of the server. */
  readonly cpuSeconds: number
  readonly memoryBeforeMiB: number
  readonly mostMemoryMiB: number
}

/** @param lines how many the file must have */
async function take(url: string, key: string, pid: number, lines: number | undefined): Promise<Taken> {
  const memoryBeforeMiB = memoryOf(pid, 0).residentMiB
  let mostMemoryMiB = memoryBeforeMiB
  const timer = setInterval(() => { mostMemoryMiB = Math.max(mostMemoryMiB, memoryOf(pid, 0).residentMiB) }, SAMPLE_EVERY_MS)
  try {
    const began = performance.now()
    const cpuBefore = cpuMicrosOf([pid])
    // Node's own client takes a quarter less processor time than `fetch`.
    const request = get(url, { headers: { authorization: `Bearer ${key}`, 'accept-encoding': 'identity' } })
    const [response] = (await once(request, 'response')) as [IncomingMessage] // as Node's documentation has it
    if (response.statusCode !== 200) throw new Error(`a file was answered ${response.statusCode}: ${(await text(response)).slice(0, 300)}`)
    let [bytes, seen, firstByteSeconds] = [0, 0, 0]
    response.on('data', (chunk: Buffer) => {
      if (bytes === 0) firstByteSeconds = (performance.now() - began) / 1_000
      bytes += chunk.length
      if (lines !== undefined) seen += linesIn(chunk)
    })
    await finished(response)
    const seconds = (performance.now() - began) / 1_000
    if (lines !== undefined && seen !== lines) throw new Error(`the file has ${seen} lines instead of ${lines}`)
    const cpuSeconds = (cpuMicrosOf([pid]) - cpuBefore) / 1e6
    return { bytes, seconds, cpuSeconds, firstByteSeconds, megabytesPerSecond: bytes / 1e6 / seconds, memoryBeforeMiB, mostMemoryMiB }
  } finally {
    clearInterval(timer)
  }
}

function linesIn(chunk: Uint8Array): number {
  let count = 0
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count++
  return count
}
