import type { Code, CodeList, Hierarchy } from '../code-list.ts'

interface Extra {
  readonly hierarchy?: Hierarchy
  readonly levels?: readonly number[]
  readonly label?: string
  readonly from?: string
  /** Held against the text of the standard. */
  readonly sure?: true
  /** The seed has only a part of it. */
  readonly partial?: true
}

/** The day from which the seed's lists hold where no day of the standard is given: early enough for all data. */
const ALWAYS = '1990-01-01'

/**
 * Codes written one after another: `1 男性=男=Male`. After the code its name, then after `=` aliases; what is in Latin letters alone is the
 * English name. `>` before a code puts it under the last one without.
 */
export function codesOf(text: string, separator = '\n'): Code[] {
  let above: string | undefined
  return text.split(separator).map((line) => line.trim()).filter((line) => line !== '').map((line): Code => {
    const below = line.startsWith('>')
    const [head = '', ...others] = (below ? line.slice(1) : line).trim().split('=')
    const space = head.indexOf(' ')
    const code = space < 0 ? head : head.slice(0, space)
    const name = space < 0 ? head : head.slice(space + 1)
    const nameEn = others.find((one) => /^[A-Za-z][A-Za-z ,.'()-]+$/.test(one))
    const aliases = others.filter((one) => one !== nameEn)
    if (!below) above = code
    return { code, name, ...(nameEn === undefined ? {} : { nameEn }), ...(aliases.length === 0 ? {} : { aliases }), ...(below && above !== undefined ? { parent: above } : {}) }
  })
}

export const listOf = (id: string, name: string, nameEn: string, source: string, codes: readonly Code[], extra: Extra = {}): CodeList => ({
  id, name, nameEn, source, confirmed: extra.sure === true, hierarchy: extra.hierarchy ?? (codes.some(({ parent }) => parent !== undefined) ? 'parents' : 'flat'),
  levels: extra.levels ?? [], versions: [{ label: extra.label ?? '1', from: extra.from ?? ALWAYS, codes, ...(extra.partial === undefined ? {} : { partial: true }) }],
})

/** A list that has names only, as data write them: each is its own code. */
export const namesOf = (id: string, name: string, nameEn: string, names: string, source = '本市业务用语'): CodeList =>
  listOf(id, name, nameEn, source, names.split(' ').map((one): Code => {
    const [title = '', ...aliases] = one.split('=')
    return { code: title, name: title, ...(aliases.length === 0 ? {} : { aliases }) }
  }))
