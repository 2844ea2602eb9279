import { searchError } from '../ckan-error.ts'

/** A question as Solr's standard parser reads it. */
export type SolrQuery =
  | { readonly kind: 'clauses'; readonly clauses: readonly SolrClause[] }
  | { readonly kind: 'term'; readonly field: string | null; readonly text: string; readonly phrase: boolean; /** `*` and `?` are signs, not letters; letters that were escaped are marked by a backslash. */ readonly wild: boolean }
  | { readonly kind: 'range'; readonly field: string | null; readonly from: string | null; readonly to: string | null; readonly withFrom: boolean; readonly withTo: boolean }

export interface SolrClause {
  readonly occurs: 'must' | 'should' | 'must-not'
  readonly query: SolrQuery
}

const MOST_CLAUSES = 200
const DEEPEST = 20

/**
 * Reads words, phrases, `field:value`, `field:(…)`, ranges, `AND`/`OR`/`NOT`/`&&`/`||`/`!`, `+`/`-`, brackets and wildcards. What stands side
 * by side must all hold (`q.op=AND`, as CKAN asks). Weights (`^2`) and likeness (`~1`) are read and change nothing.
 * @throws CkanError `Search Error`
 * @see https://solr.apache.org/guide/solr/latest/query-guide/standard-query-parser.html
 */
export function parseSolr(text: string): SolrQuery {
  if (text.trimStart().startsWith('{!')) throw searchError("Local parameters are not supported in param 'q'.")
  const reader = new Reader(text)
  const query = reader.clauses(null, 0)
  reader.end()
  return query
}

/** Ends a word that is not in quotes. */
const BREAKS = /[\s()[\]{}"]/
const CONJUNCTIONS = new Map([['AND', 'and'], ['&&', 'and'], ['OR', 'or'], ['||', 'or']])

class Reader {
  readonly #text: string
  #at = 0
  #count = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Clauses up to a closing bracket or the end. */
  clauses(field: string | null, depth: number): SolrQuery {
    if (depth > DEEPEST) throw searchError('too deeply nested')
    const clauses: { occurs: SolrClause['occurs']; query: SolrQuery }[] = []
    while (this.#blank() && !this.#is(')')) {
      const conjunction = clauses.length === 0 ? undefined : this.#conjunction()
      if (conjunction !== undefined) this.#blank()
      const modifier = this.#modifier()
      this.#blank()
      if (this.#at >= this.#text.length || this.#is(')')) throw searchError('an operator needs something behind it')
      const query = this.#clause(field, depth)
      if (++this.#count > MOST_CLAUSES) throw searchError('too many boolean clauses')
      const before = clauses.at(-1)
      if (before !== undefined && before.occurs !== 'must-not') {
        if (conjunction === 'and') before.occurs = 'must'
        else if (conjunction === 'or') before.occurs = 'should'
      }
      clauses.push({ occurs: modifier ?? (conjunction === 'or' ? 'should' : 'must'), query })
    }
    return { kind: 'clauses', clauses }
  }

  end(): void {
    if (this.#at < this.#text.length) throw searchError(`unexpected "${this.#text[this.#at] ?? ''}"`)
  }

  #clause(field: string | null, depth: number): SolrQuery {
    if (this.#take('(')) {
      const inside = this.clauses(field, depth + 1)
      if (!this.#take(')')) throw searchError('a bracket is not closed')
      this.#weight()
      return inside
    }
    if (this.#is('[') || this.#is('{')) return this.#range(field)
    if (this.#is('"')) return this.#phrase(field)
    const { text, wild, endsAtColon } = this.#word()
    if (endsAtColon) {
      if (field !== null) throw searchError('a field inside a field')
      if (text === '*' && this.#take('*')) return { kind: 'clauses', clauses: [] }
      this.#blank()
      if (this.#at >= this.#text.length) throw searchError(`"${text}" needs a value`)
      return this.#clause(text.replaceAll('\\', ''), depth)
    }
    if (text === '') throw searchError(`unexpected "${this.#text[this.#at] ?? ''}"`)
    return { kind: 'term', field, text: wild ? text : text.replaceAll(/\\(.)/gs, '$1'), phrase: false, wild }
  }

  #word(): { text: string; wild: boolean; endsAtColon: boolean } {
    let text = ''
    let wild = false
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at]! // within the text
      if (sign === '\\') {
        text += this.#text.slice(this.#at, this.#at + 2)
        this.#at += 2
        continue
      }
      if (sign === ':') {
        this.#at++
        if (text === '') throw searchError('a field needs a name')
        return { text, wild, endsAtColon: true }
      }
      if (BREAKS.test(sign)) break
      if (sign === '^' || sign === '~') {
        this.#weight()
        break
      }
      wild ||= sign === '*' || sign === '?'
      text += sign
      this.#at++
    }
    return { text, wild, endsAtColon: false }
  }

  #phrase(field: string | null): SolrQuery {
    this.#at++
    let text = ''
    while (this.#at < this.#text.length && !this.#is('"')) {
      if (this.#is('\\')) this.#at++
      text += this.#text[this.#at] ?? ''
      this.#at++
    }
    if (!this.#take('"')) throw searchError('a quotation is not closed')
    this.#weight()
    return { kind: 'term', field, text, phrase: true, wild: false }
  }

  #range(field: string | null): SolrQuery {
    const found = /^([[{])\s*("[^"]*"|[^\s\]}]+)\s+TO\s+("[^"]*"|[^\s\]}]+)\s*([\]}])/.exec(this.#text.slice(this.#at, this.#at + 500))
    if (found === null) throw searchError('a range is [a TO b]')
    this.#at += found[0].length
    this.#weight()
    const bound = (words = ''): string | null => (words === '*' ? null : words.replace(/^"(.*)"$/s, '$1').replaceAll('\\', ''))
    return { kind: 'range', field, from: bound(found[2]), to: bound(found[3]), withFrom: found[1] === '[', withTo: found[4] === ']' }
  }

  #conjunction(): string | undefined {
    const found = /^(AND|OR|&&|\|\|)(?=[\s(+\-!"]|$)/.exec(this.#text.slice(this.#at, this.#at + 5))
    if (found === null) return undefined
    this.#at += found[0].length
    return CONJUNCTIONS.get(found[0])
  }

  #modifier(): SolrClause['occurs'] | undefined {
    if (this.#take('+')) return 'must'
    if (this.#take('-') || this.#take('!')) return 'must-not'
    if (/^NOT([\s(]|$)/.test(this.#text.slice(this.#at, this.#at + 4))) {
      this.#at += 3
      return 'must-not'
    }
    return undefined
  }

  #weight(): void {
    this.#at += /^([\^~][\d.]*)*/.exec(this.#text.slice(this.#at, this.#at + 20))?.[0].length ?? 0
  }

  /** @returns whether there is more */
  #blank(): boolean {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
    return this.#at < this.#text.length
  }

  #is(sign: string): boolean {
    return this.#text[this.#at] === sign
  }

  #take(sign: string): boolean {
    if (!this.#is(sign)) return false
    this.#at++
    return true
  }
}
