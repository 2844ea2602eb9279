import { ckanFormat, codeInCkanId, knownLicences } from '@datong/catalog-metadata'
import type { EntryCondition, SelectableInstant, SelectableText } from '../../../catalog/index.ts'
import { searchError } from '../ckan-error.ts'
import { solrDate } from './dates.ts'
import { parseSolr, type SolrQuery } from './parse-query.ts'

/** What conditions are made with. */
export interface ConditionContext {
  readonly now: Date
  /** The organisation's code for what a package says: its name or id. */
  organisationOf(words: string): string | undefined
  /** Codes of organisations whose names have the words. */
  organisationsCalled(words: string): readonly string[]
  /** Formats of our own files, as CKAN writes them. */
  readonly formats: readonly string[]
}

const EVERYTHING: EntryCondition = { all: [] }
const NOTHING: EntryCondition = { any: [] }

/**
 * A `q` or `fq` of CKAN as a condition on entries.
 * @throws CkanError `Search Error` for what cannot be read, and for fields that packages do not have
 */
export function conditionOf(text: string, context: ConditionContext): EntryCondition {
  return fromQuery(parseSolr(text), context)
}

/**
 * A `q` without fields: of up to two words all must be found, of up to five all but one, of more four of five, as CKAN asks Solr's
 * DisMax (`mm=2<-1 5<80%`). With AND, OR, NOT, brackets or signs it is read like any other.
 */
export function plainWordsCondition(text: string, context: ConditionContext): EntryCondition {
  const query = parseSolr(text)
  const words = query.kind === 'clauses' ? query.clauses : []
  if (/(^|\s)(AND|OR|NOT|&&|\|\|)(\s|$)|[()]/.test(text) || words.some(({ occurs, query: { kind } }) => occurs !== 'must' || kind !== 'term')) return fromQuery(query, context)
  const wanted = words.map(({ query: word }) => fromQuery(word, context))
  const least = wanted.length <= 2 ? wanted.length : wanted.length <= 5 ? wanted.length - 1 : Math.floor(wanted.length * 0.8)
  return least === wanted.length ? { all: wanted } : { atLeast: least, of: wanted }
}

function fromQuery(query: SolrQuery, context: ConditionContext): EntryCondition {
  if (query.kind === 'range') return fromRange(query, context)
  if (query.kind === 'term') return fromTerm(query, context)
  const some = (occurs: string): EntryCondition[] => query.clauses.filter((clause) => clause.occurs === occurs).map((clause) => fromQuery(clause.query, context))
  const should = some('should')
  // A filter that may fail would be none: where there are alternatives, one of them holds.
  return { all: [...some('must'), ...(should.length > 0 ? [{ any: should }] : []), ...some('must-not').map((not): EntryCondition => ({ not }))] }
}

type Term = Extract<SolrQuery, { kind: 'term' }>

const INSTANTS: Readonly<Record<string, SelectableInstant>> = { metadata_modified: 'changedAt', metadata_created: 'publishedAt' }

function fromRange({ field, from, to, withFrom, withTo }: Extract<SolrQuery, { kind: 'range' }>, { now }: ConditionContext): EntryCondition {
  const instant = INSTANTS[field ?? '']
  if (instant === undefined) throw searchError(`ranges are for ${Object.keys(INSTANTS).join(' and ')}`)
  return { instant, from: from === null ? null : solrDate(from, now), to: to === null ? null : solrDate(to, now), withFrom, withTo }
}

/** How a term of each field is looked for. */
const FIELDS: Readonly<Record<string, (term: Term, context: ConditionContext) => EntryCondition>> = {
  text: (term) => inText(term, 'everywhere'),
  title: (term) => inText(term, 'title'),
  title_ngram: ({ text }) => ({ text: 'title', is: `*${escaped(text)}*`, pattern: true, anyCase: true }),
  title_string: (term) => whole(term, 'title'),
  notes: (term) => inText(term, 'summary'),
  maintainer: (term) => inText(term, 'contact'),
  author: ({ text, wild }, { organisationsCalled }) => (wild && text === '*' ? EVERYTHING : { any: organisationsCalled(text).map((is): EntryCondition => ({ text: 'organisation', is, pattern: false, anyCase: false })) }),
  name: (term) => whole(term, 'code'),
  name_ngram: ({ text }) => ({ text: 'code', is: `*${escaped(text)}*`, pattern: true, anyCase: true }),
  id: ({ text, wild }) => (wild && text === '*' ? EVERYTHING : exactly('code', codeInCkanId(text, 'dataset'))),
  index_id: () => NOTHING,
  tags: ({ text, wild }) => ({ keyword: text, pattern: wild }),
  groups: (term) => whole(term, 'theme'),
  organization: ({ text, wild }, { organisationOf }) => (wild ? { text: 'organisation', is: text, pattern: true, anyCase: true } : exactly('organisation', organisationOf(text))),
  owner_org: ({ text, wild }, { organisationOf }) => (wild && text === '*' ? EVERYTHING : exactly('organisation', organisationOf(text))),
  license_id: ({ text, wild }) => licence(text, wild),
  license: ({ text, wild }) => licence(text, wild),
  res_format: ({ text, wild }, { formats }) => (wild && text === '*' ? { any: [...formats, ''].map((format): EntryCondition => ({ format, ours: format !== '' })) } : { format: text, ours: formats.some((format) => ckanFormat(format).toLowerCase() === text.toLowerCase() || format.toLowerCase() === text.toLowerCase()) }),
  dataset_type: (term) => constant(term, 'dataset'),
  type: (term) => constant(term, 'dataset'),
  entity_type: (term) => constant(term, 'package'),
  state: (term) => constant(term, 'active'),
  capacity: (term) => constant(term, 'public'),
  private: (term) => constant(term, 'false'),
  site_id: () => EVERYTHING,
  extras_identifier: (term) => whole(term, 'code'),
  extras_origin_identifier: (term) => whole(term, 'origin'),
}

function fromTerm(term: Term, context: ConditionContext): EntryCondition {
  const field = term.field ?? 'text'
  const instant = INSTANTS[field]
  if (instant !== undefined) {
    if (term.wild && term.text === '*') return EVERYTHING
    const at = solrDate(term.text, context.now)
    return { instant, from: at, to: at, withFrom: true, withTo: true }
  }
  const look = FIELDS[field]
  if (look !== undefined) return look(term, context)
  // Sites make up their own; nobody has made up this one here.
  if (field.startsWith('extras_') || field.startsWith('vocab_')) return NOTHING
  throw searchError(`undefined field ${field.slice(0, 80)}`)
}

const escaped = (text: string): string => text.replace(/[*?]/g, ' ')
const exactly = (text: SelectableText, is: string | undefined): EntryCondition => (is === undefined ? NOTHING : { text, is, pattern: false, anyCase: false })
const whole = ({ text, wild }: Term, where: SelectableText): EntryCondition => ({ text: where, is: text, pattern: wild, anyCase: true })
const constant = ({ text, wild }: Term, value: string): EntryCondition => (wild ? EVERYTHING : text.toLowerCase() === value ? EVERYTHING : NOTHING)

function inText({ text, phrase, wild }: Term, where: 'everywhere' | 'title' | 'summary' | 'contact'): EntryCondition {
  if (wild) return text === '*' ? EVERYTHING : { text: where, is: `*${text}*`, pattern: true, anyCase: true }
  return phrase ? { text: where, is: `*${escaped(text)}*`, pattern: true, anyCase: true } : { words: text, in: where }
}

/** CKAN's ids of licences; entries name theirs by SPDX or in words. */
function licence(text: string, wild: boolean): EntryCondition {
  if (wild) return text === '*' ? EVERYTHING : { text: 'licence', is: text, pattern: true, anyCase: true }
  if (text === 'notspecified') return exactly('licence', '')
  const known = knownLicences()
  if (text === 'other-closed') return { not: { any: ['', ...known.map(({ id }) => id)].map((is): EntryCondition => ({ text: 'licence', is, pattern: false, anyCase: false })) } }
  const found = known.find(({ ckan, id }) => ckan === text || id === text)
  return exactly('licence', found?.id)
}
