import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Frame {
  readonly functionName: string
  readonly url: string
}

/** What V8 writes with `--cpu-prof`; times in microseconds of the machine's monotonic clock. */
export interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame; readonly children?: readonly number[] }[]
  readonly startTime: number
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** The profile of the process that wrote the largest one into a folder. */
export async function readProfile(folder: string): Promise<CpuProfile> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.cpuprofile'))
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
  const longest = texts.toSorted((a, b) => b.length - a.length)[0]
  if (longest === undefined) throw new Error('the server left no profile')
  return JSON.parse(longest) as CpuProfile // V8 wrote it
}

/** Parts of a call by the place in the code; the first that fits counts, from the innermost frame outwards. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  ['evidence', /\/modules\/evidence\/|\/packages\/evidence-log\/|\/metering\/record-access/],
  ['identification', /\/modules\/identity\//],
  ['quota', /\/metering\/(take-quota|quotas|memory-counters|redis-counters)/],
  ['plan', /\/modules\/delivery\/plan\//],
  ['query', /\/rows\/(row-query|parse-value|row-shape)|\/http\/validate|\/ajv\/|fast-querystring/],
  ['masks', /\/packages\/anonymisation\//],
  ['database', /\/modules\/delivery\/serving\/|\/pg(-pool|-protocol|-types)?\/|\/packages\/adapters\/metadata-store\//],
  ['answer', /\/rows\/|\/verification\/|\/platform\/send-data/],
  ['http', /\/fastify\/|\/find-my-way\/|\/@fastify\/|\/apps\/server\/src\/http\/|\/prom-client\/|^node:_http|\/pino\//],
]

const NATIVE = new Map([['(idle)', 'idle'], ['(garbage collector)', 'garbage collection']])

/**
 * Microseconds of the main thread by part, within a window of the monotonic clock. What a part calls in Node or natively
 * counts as the part's; what none of them called is `event loop`.
 */
export function partsOf(profile: CpuProfile, from: number, to: number): Map<string, number> {
  const parts = partOfNode(profile)
  const found = new Map<string, number>()
  let at = profile.startTime
  for (const [index, node] of profile.samples.entries()) {
    const spent = profile.timeDeltas[index] ?? 0
    at += spent
    if (at < from || at > to) continue
    const part = parts.get(node) ?? 'event loop'
    found.set(part, (found.get(part) ?? 0) + spent)
  }
  return found
}

function partOfNode({ nodes }: CpuProfile): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const found = new Map<number, string>()
  const visit = (id: number, outer: string): void => {
    const node = byId.get(id)
    if (node === undefined) return
    const { functionName, url } = node.callFrame
    const own = NATIVE.get(functionName) ?? PARTS.find(([, place]) => place.test(url))?.[0] ?? outer
    found.set(id, own)
    for (const child of node.children ?? []) visit(child, own)
  }
  const children = new Set(nodes.flatMap((node) => node.children ?? []))
  for (const { id } of nodes) if (!children.has(id)) visit(id, 'event loop')
  return found
}
