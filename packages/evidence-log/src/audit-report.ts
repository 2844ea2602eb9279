import { type TileAddress, tilePath } from './tile-layout.ts'

/** One thing that is wrong in a stored log. `name` is what a person calls it: `entry 17`, a path, `root`. */
export type Damage =
  | { readonly kind: 'checkpoint'; readonly name: 'checkpoint signature'; readonly reason: string }
  | { readonly kind: 'root'; readonly name: 'root'; readonly reason: string }
  | {
      readonly kind: 'entry'
      readonly name: string
      /** From 0, in the log. */
      readonly entryIndex: number
      readonly path: string
      readonly reason: string
    }
  | { readonly kind: 'bundle'; readonly name: string; readonly path: string; readonly reason: string }
  | {
      readonly kind: 'tile'
      readonly name: string
      readonly path: string
      /** Which hashes of the tile are false, from 0; empty when the tile cannot be read or rebuilt. */
      readonly positions: readonly number[]
      readonly reason: string
    }

/** The outcome of an audit. */
export interface AuditReport {
  /** Every byte that the checkpoint stands for was read and is as it was signed. */
  readonly ok: boolean
  /** False when the checkpoint does not hold: then there is nothing to hold the tree against, and it was not read. */
  readonly examined: boolean
  readonly origin: string | null
  readonly size: number
  readonly entriesRead: number
  readonly tilesRead: number
  /** In the order found; at most `maxDamages`. */
  readonly damages: readonly Damage[]
  readonly damageCount: number
}

/** Gathers damages, keeping the first ones and counting all, so that a log in ruins does not fill the memory. */
export class DamageList {
  readonly kept: Damage[] = []
  readonly #limit: number
  #count = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get count(): number {
    return this.#count
  }

  add(damage: Damage): void {
    this.#count++
    if (this.kept.length < this.#limit) this.kept.push(damage)
  }

  tile(address: TileAddress, positions: readonly number[], reason: string): void {
    const path = tilePath(address)
    this.add({ kind: 'tile', name: path, path, positions, reason })
  }

  bundle(address: TileAddress, reason: string): void {
    const path = tilePath(address)
    this.add({ kind: 'bundle', name: path, path, reason })
  }

  entry(address: TileAddress, entryIndex: number, reason: string): void {
    this.add({ kind: 'entry', name: `entry ${entryIndex}`, entryIndex, path: tilePath(address), reason })
  }
}
