import type { Lineage, LineageEdge, LineageNode } from '@datong/contracts'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { CollectionContext } from '../context.ts'
import { type LineageInput, lineageOfFile } from '../versions/lineage.ts'
import type { VersionRow } from '../versions/version-store.ts'
import { isItself, originsOf } from './field-origins.ts'

/** Steps in each direction, and most things in a picture that a person can read. */
const DEEPEST = 6
const MOST_NODES = 60

interface Drawn {
  readonly node: LineageNode
  /** Names of fields may be told. */
  readonly open: boolean
}

/**
 * Where a version comes from, back to files, sources and forms, and what views made of its entry. What the caller may not see is
 * there without a name; files and sources are told to those who oversee the department.
 */
export async function lineageGraph(context: CollectionContext, entry: EntryRecord, version: VersionRow | undefined, caller: Caller): Promise<Lineage> {
  const drawing = new Drawing(context, caller)
  const root = await drawing.entry(entry.code, version, 0)
  if (version !== undefined) await drawing.back(entry.code, version, 0)
  await drawing.forth(entry.code, 0)
  return { root: root.node.id, nodes: drawing.nodes(), edges: drawing.edges, complete: drawing.complete }
}

class Drawing {
  readonly edges: LineageEdge[] = []
  complete = true
  readonly #context: CollectionContext
  readonly #caller: Caller
  readonly #drawn = new Map<string, Drawn>()
  #hidden = 0

  constructor(context: CollectionContext, caller: Caller) {
    this.#context = context
    this.#caller = caller
  }

  nodes(): LineageNode[] {
    return [...this.#drawn.values()].map(({ node }) => node)
  }

  async entry(code: string, version: VersionRow | undefined, depth: number): Promise<Drawn> {
    const entry = await this.#context.catalog.find(code)
    const key = `entry:${entry?.code ?? code}`
    const known = this.#drawn.get(key)
    if (known !== undefined) return known
    const isOpen = entry !== undefined && (await this.#context.catalog.visibleCodes([entry.code], this.#caller)).length > 0
    if (!isOpen) return this.#keep(key, { open: false, node: { id: `hidden:${++this.#hidden}`, kind: 'hidden', title: '', entryCode: null, version: null, layer: null, organisation: null, depth, fields: [] } })
    const described = new Map(entry.fields.map((field) => [field.name, field]))
    const view = await this.#context.views.ofEntry(entry.code)
    return this.#keep(key, {
      open: true,
      node: {
        id: key, kind: 'entry', title: entry.title, entryCode: entry.code, version: version?.number ?? null, layer: view?.layer ?? 'source', depth,
        organisation: this.#context.organisations.ref(entry.organisation),
        fields: (version?.manifest.fields ?? []).map(({ name, type }) => ({ name, type, grade: described.get(name)?.grade ?? null })),
      },
    })
  }

  /** What a version was made of. */
  async back(code: string, version: VersionRow, depth: number): Promise<void> {
    const lineage = version.lineage ?? lineageOfFile(version.source, version.manifest.source.sha256)
    const target = await this.entry(code, version, depth)
    const origins = originsOf(lineage, version.manifest.fields.map(({ name }) => name), code)
    for (const [index, input] of lineage.inputs.entries()) {
      if (isItself(input, code)) continue
      if (this.#isFull()) return
      const from = await this.#input(input, version, origins.flatMap((origin) => origin.from.filter((one) => one.input === index).map(({ field }) => field)), depth - 1)
      const isOpen = from.open && target.open
      this.edges.push({
        from: from.node.id, to: target.node.id, steps: target.open ? lineage.steps.map(({ kind, title, version: number }) => ({ kind, title, version: number })) : [],
        fields: isOpen ? origins.flatMap(({ field, how, from: sources }) => sources.filter((one) => one.input === index).map((one) => ({ from: one.field, to: field, how }))) : [],
        conditions: isOpen ? (lineage.conditions ?? []).filter((one) => one.input === index).map(({ field, how }) => ({ field, how })) : [],
      })
      if (input.kind === 'version') await this.#behind(input.entryCode, input.version, depth - 1)
    }
  }

  /** What views made of an entry: their newest data. */
  async forth(code: string, depth: number): Promise<void> {
    if (depth >= DEEPEST) return this.#cut()
    for (const view of await this.#context.views.readersOf(code)) {
      if (this.#isFull()) return
      const newest = (await this.#context.versions.list(view.entry_code))[0]
      const key = `entry:${view.entry_code}`
      const isNew = !this.#drawn.has(key)
      const made = await this.entry(view.entry_code, newest, depth + 1)
      if (newest === undefined || !isNew) continue
      await this.#sources(view.entry_code, newest, made, depth + 1)
      await this.forth(view.entry_code, depth + 1)
    }
  }

  /** The inputs of a view that was found going forth; those that are new stand beside the one that led here. */
  async #sources(code: string, version: VersionRow, target: Drawn, depth: number): Promise<void> {
    if (target.open) await this.back(code, version, depth)
    else {
      for (const input of version.lineage?.inputs ?? []) {
        if (input.kind !== 'version') continue
        const from = this.#drawn.get(`entry:${input.entryCode}`)
        if (from !== undefined) this.edges.push({ from: from.node.id, to: target.node.id, steps: [], fields: [], conditions: [] })
      }
    }
  }

  async #behind(code: string, number: number, depth: number): Promise<void> {
    if (depth <= -DEEPEST) return this.#cut()
    const version = await this.#context.versions.find(code, number)
    // Behind what may not be seen nothing is told.
    const node = this.#drawn.get(`entry:${code}`)
    if (version === undefined || node?.open !== true || this.edges.some(({ to }) => to === node.node.id)) return
    await this.back(code, version, depth)
  }

  async #input(input: LineageInput, version: VersionRow, fields: readonly string[], depth: number): Promise<Drawn> {
    if (input.kind === 'version') return this.entry(input.entryCode, await this.#context.versions.find(input.entryCode, input.version), depth)
    const id = input.kind === 'file' ? `file:${input.sha256}` : `${input.kind}:${input.id}`
    const title = input.kind === 'file' ? input.name : input.kind === 'source' ? `${input.title} · ${input.object}` : input.title
    const isInside = await this.#overseesMakerOf(version)
    return this.#drawn.get(id) ?? this.#keep(id, {
      open: isInside,
      node: {
        id, kind: input.kind, title: isInside ? title : '', entryCode: null, version: null, layer: null, organisation: null, depth,
        fields: isInside ? [...new Set(fields)].map((name) => ({ name, type: null, grade: null })) : [],
      },
    })
  }

  async #overseesMakerOf(version: VersionRow): Promise<boolean> {
    if (holds(this.#caller, 'steward') || holds(this.#caller, 'auditor')) return true
    const entry = await this.#context.catalog.find(version.entry_code)
    return entry !== undefined && entry.organisation === this.#caller.organisation
  }

  #keep(key: string, drawn: Drawn): Drawn {
    this.#drawn.set(key, drawn)
    return drawn
  }

  #isFull(): boolean {
    if (this.#drawn.size < MOST_NODES) return false
    this.#cut()
    return true
  }

  #cut(): void {
    this.complete = false
  }
}
