import type { Issue } from '@datong/kernel'

/** Where a field of the result comes from. */
export interface Origin {
  /** Fields of the original. */
  readonly from: readonly string[]
  /** Kinds of the steps that changed it, in order, each once. */
  readonly how: readonly string[]
}

interface Column {
  readonly name: string
  readonly slot: number
}

const MOST_CHARACTERS = 200
const fold = (name: string): string => name.toLowerCase()

/**
 * The table's fields as the steps before leave them. Each field has a slot in the cells of a row, which it keeps; a field that
 * is taken away leaves its slot unused. Faults of a step are gathered here, so that all are told at once.
 */
export class Scope {
  readonly issues: Issue[] = []
  #columns: Column[]
  readonly #origins: Origin[]
  readonly #names: string[]
  #pointer = ''
  #kind = ''

  constructor(names: readonly string[]) {
    this.#columns = names.map((name, slot) => ({ name, slot }))
    this.#origins = names.map((name) => ({ from: [name], how: [] }))
    this.#names = [...names]
  }

  begin(step: number, kind: string): void {
    this.#pointer = `/steps/${step}`
    this.#kind = kind
  }

  fault(parameter: string, code: string, message: string): void {
    this.issues.push({ pointer: `${this.#pointer}/${parameter}`, code, message })
  }

  /** Slot of a field, or −1 and a fault. */
  slot(name: string, parameter: string): number {
    const found = this.#columns.find((column) => column.name === name)
    if (found !== undefined) return found.slot
    this.fault(parameter, 'unknown-field', name === '' ? '请选择字段' : `此时表中没有字段“${name}”`)
    return -1
  }

  /** Slots of fields; of all fields when none is named. */
  slots(names: readonly string[], parameter: string): number[] {
    if (names.length === 0) return this.#columns.map(({ slot }) => slot)
    return names.map((name, at) => this.slot(name, `${parameter}/${at}`))
  }

  /** Notes that the step changes fields in place. */
  touch(slots: readonly number[]): void {
    for (const slot of slots) this.#derive(slot, [slot])
  }

  /** Slot of a field that the step writes: one that is there is overwritten, a new one stands behind `after`. */
  target(name: string, parameter: string, sources: readonly number[], after?: number): number {
    const there = this.#columns.find((column) => fold(column.name) === fold(name))
    if (there !== undefined) {
      this.#derive(there.slot, sources)
      return there.slot
    }
    if (!this.#mayBeCalled(name, parameter)) return -1
    const slot = this.#names.push(name) - 1
    this.#origins.push({ from: [], how: [] })
    const at = this.#columns.findIndex((column) => column.slot === after)
    this.#columns = this.#columns.toSpliced(at < 0 ? this.#columns.length : at + 1, 0, { name, slot })
    this.#derive(slot, sources)
    return slot
  }

  rename(slot: number, to: string, parameter: string): void {
    const taken = this.#columns.some((column) => column.slot !== slot && fold(column.name) === fold(to))
    if (taken) return this.fault(parameter, 'name-taken', `表中已有字段“${to}”`)
    if (slot < 0 || !this.#mayBeCalled(to, parameter)) return
    this.#columns = this.#columns.map((column) => (column.slot === slot ? { name: to, slot } : column))
    this.#names[slot] = to
    this.#derive(slot, [slot])
  }

  remove(slots: readonly number[], parameter: string): void {
    const left = this.#columns.filter(({ slot }) => !slots.includes(slot))
    if (left.length === 0) return this.fault(parameter, 'no-fields-left', '至少要留下一个字段')
    this.#columns = left
  }

  /** The fields in order. */
  get columns(): readonly Column[] {
    return this.#columns
  }

  /** Present names by slot, also of fields taken away. */
  get names(): readonly string[] {
    return this.#names
  }

  originOf(slot: number): Origin {
    return this.#origins[slot] ?? { from: [], how: [] }
  }

  #mayBeCalled(name: string, parameter: string): boolean {
    const good = name.trim() === name && name !== '' && name.length <= MOST_CHARACTERS && !/\p{Cc}/u.test(name)
    if (!good) this.fault(parameter, 'invalid-name', '字段名不能为空、不能以空格开头或结尾、不能含控制字符')
    return good
  }

  #derive(slot: number, sources: readonly number[]): void {
    if (slot < 0) return
    const origins = sources.flatMap((source) => this.#origins[source] ?? [])
    const how = new Set([...origins.flatMap((origin) => origin.how), this.#kind])
    this.#origins[slot] = { from: [...new Set(origins.flatMap((origin) => origin.from))], how: [...how] }
  }
}
