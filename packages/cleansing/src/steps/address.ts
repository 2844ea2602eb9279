import { ADDRESS_LEVELS, type AddressLevel } from '@datong/recognizers'
import { versionAt } from '@datong/standards'
import { remembering } from '../cell-step.ts'
import type { Misfit } from '../misfit.ts'
import type { CleansingTools, StepDefinition } from '../step-definition.ts'
import { levelsOf, standardAddress } from '../text/standard-address.ts'
import { DIVISION_CODES } from './division-code.ts'

/** Addresses in one form, and their levels in fields of their own (GB/T 23705). */
export interface AddressStep {
  readonly kind: 'address'
  readonly field: string
  /** Whether the address itself is put into its standard form. */
  readonly rewrite: boolean
  /** What an address that begins lower down lies in; blank where nothing is to be added. */
  readonly province: string
  readonly city: string
  /** Fields that get a level each. */
  readonly levels: readonly { readonly level: AddressLevel; readonly into: string }[]
  /** The widest of the levels that must be there for an address to count as read. */
  readonly downTo: AddressLevel
  readonly misfit: Misfit
}

export const address: StepDefinition<AddressStep> = {
  plan: ({ field, rewrite, province, city, levels, downTo, misfit }, scope, tools) => {
    const source = scope.slot(field, 'field')
    let behind = source
    const targets = levels.map(({ level, into }, at) => {
      const slot = scope.target(into, `levels/${at}/into`, [source], behind)
      if (slot === source) scope.fault(`levels/${at}/into`, 'name-taken', '层级不能写回地址字段本身')
      behind = slot
      return { level, slot }
    })
    if (rewrite) scope.touch([source])
    const within = { province, city, provinceOf: provincesByPrefecture(tools) }
    const least = ADDRESS_LEVELS.indexOf(downTo)
    return {
      start: () => {
        const recall = remembering((text) => {
          const read = standardAddress(text, within)
          return read === null || ADDRESS_LEVELS.indexOf(read.level) < least ? null : read.text
        })
        return (cells, tally) => {
          const before = cells[source] ?? ''
          if (before === '') return undefined
          const text = recall(before)
          if (text === null) return tally.misfit(cells, source, misfit, `no address down to the level ${downTo}`)
          const parts = levelsOf(text)
          for (const { level, slot } of targets) tally.set(cells, slot, parts[level] ?? '')
          if (rewrite) tally.set(cells, source, text)
          return undefined
        }
      },
    }
  },
}

/** Full names of provinces by those of the prefectures in them, today. */
function provincesByPrefecture({ codeVersions, today }: CleansingTools): ReadonlyMap<string, string> {
  const codes = versionAt(codeVersions(DIVISION_CODES) ?? [], today)?.codes ?? []
  const provinces = new Map(codes.filter(({ code }) => code.endsWith('0000')).map(({ code, name }) => [code.slice(0, 2), name]))
  return new Map(codes.flatMap(({ code, name }): [string, string][] => {
    const province = provinces.get(code.slice(0, 2))
    return /^\d{4}00$/.test(code) && !code.endsWith('0000') && province !== undefined ? [[name, province]] : []
  }))
}
