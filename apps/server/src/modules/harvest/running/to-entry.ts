import { type DatasetDescription, type LocalisedText, licenceIdOf, themeFromEu } from '@datong/catalog-metadata'
import { type Spatial, THEMES } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { EntryImport } from '../../catalog/index.ts'
import type { SourceRow } from '../tables.ts'

/** What of a source decides how its records come in. */
type Taker = Pick<SourceRow, 'url' | 'organisation'>

const MOST_TITLE = 200
const MOST_SUMMARY = 4_000
const MOST_KEYWORDS = 30
const MOST_LINKS = 100

const CHINESE = ['zh-CN', 'zh', 'zh-Hans', 'zh-TW']

/** Without control characters but line breaks, and no longer than there is room for. */
const clean = (words: string, most: number): string => {
  const plain = words.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').trim()
  return plain.length <= most ? plain : `${plain.slice(0, most - 1).toWellFormed().replace(/\ufffd$/, '')}…`
}

/** In Chinese where it is there, then in English, then in whatever there is. */
const said = (text: LocalisedText): string => [...CHINESE, 'en'].map((tag) => text[tag]).find((words) => words !== undefined) ?? Object.values(text)[0] ?? ''

/**
 * A description from elsewhere as an entry of ours. Its data stay where they are: the distributions become links.
 * @throws AppError `harvest/unusable-record` when it has no title
 */
export function toEntry(dataset: DatasetDescription, source: Taker): EntryImport {
  const title = clean(said(dataset.title), MOST_TITLE)
  if (title === '') throw new AppError('harvest/unusable-record', { reason: 'missing-title' })
  const { contact, publisher } = dataset
  const english = clean(dataset.title['en'] ?? '', MOST_TITLE)
  const theme = dataset.themes.map(({ id, iri }) => id ?? (iri === null ? undefined : themeFromEu(iri))).find((id) => THEMES.some((known) => known === id))
  const [place] = dataset.spatial
  const [period] = dataset.temporal
  return {
    organisation: source.organisation,
    title,
    titleEn: english === '' || english === title ? null : english,
    summary: clean(said(dataset.description), MOST_SUMMARY),
    ...(theme === undefined ? {} : { theme }),
    keywords: keywordsOf(dataset),
    licence: dataset.licence === null ? '' : clean(licenceIdOf(dataset.licence.id ?? dataset.licence.iri ?? dataset.licence.name) ?? dataset.licence.name, 80),
    contact: clean([publisher === null ? '' : said(publisher.name), contact?.name ?? ''].filter((part) => part !== '').join(' · '), 200),
    contactPhone: clean(contact?.phone ?? '', 60),
    contactEmail: /^[^\s@]+@[^\s@]+$/.test(contact?.email ?? '') ? clean(contact?.email ?? '', 200) : '',
    updateCycle: dataset.frequency ?? 'irregular',
    resourceFormat: dataset.distributions.length === 0 ? 'other' : formatOf(dataset),
    spatial: divisionOf(place),
    temporal: period === undefined ? null : { from: dayOf(period.from), to: dayOf(period.to) },
    links: linksOf(dataset),
    origin: { source: source.url, identifier: dataset.identifier, url: dataset.landingPage },
    dataUpdatedAt: instantOf(dataset.modified),
  }
}

/** What a record brings when it first comes in; later it is for people here to decide. */
export const atFirst = ({ accessRights }: DatasetDescription, { publishes }: Pick<SourceRow, 'publishes'>): Partial<EntryImport> => ({
  sharingType: 'unconditional',
  openingType: accessRights === null || accessRights === 'public' ? 'open' : 'on-application',
  state: publishes ? 'published' : 'draft',
})

function keywordsOf({ keywords }: DatasetDescription): string[] {
  const all = Object.values(keywords).flat().map((word) => clean(word, 40)).filter((word) => word !== '')
  return [...new Set(all)].slice(0, MOST_KEYWORDS)
}

function linksOf({ distributions, landingPage }: DatasetDescription): NonNullable<EntryImport['links']> {
  const links = distributions.flatMap(({ title, accessUrl, downloadUrl, format, mediaType }) => {
    const url = downloadUrl ?? accessUrl
    return isAddress(url) ? [{ title: clean(said(title), MOST_TITLE), url, format: clean(format ?? '', 80), mediaType: clean(mediaType ?? '', 120) }] : []
  })
  const page = landingPage !== null && isAddress(landingPage) ? [{ title: '', url: landingPage, format: 'HTML', mediaType: 'text/html' }] : []
  return (links.length > 0 ? links : page).slice(0, MOST_LINKS)
}

const isAddress = (url: string): boolean => url.length <= 2_000 && /^(https?|ftp):\/\/[^\s\u0000-\u001f]+$/.test(url)

function formatOf({ distributions }: DatasetDescription): NonNullable<EntryImport['resourceFormat']> {
  const formats = distributions.map(({ format, mediaType }) => (format ?? mediaType ?? '').toUpperCase())
  if (formats.some((format) => /CSV|XLS|ODS|TSV/.test(format))) return 'spreadsheet'
  if (formats.some((format) => /API|WMS|WFS|REST/.test(format))) return 'interface'
  return formats.some((format) => /JSON|XML|RDF|TURTLE|PARQUET/.test(format)) ? 'self-describing' : 'other'
}

function divisionOf(place: DatasetDescription['spatial'][number] | undefined): Spatial | null {
  const code = place?.code ?? null
  return code !== null && /^[1-9]\d(\d{2}){0,2}(\d{3}){0,2}$/.test(code) ? { division: code, name: clean(place?.name ?? '', 200) } : null
}

const instantOf = (time: string | null): Date | null => {
  const at = time === null ? Number.NaN : Date.parse(time)
  return Number.isNaN(at) || at < 0 || at > 4_102_444_800_000 ? null : new Date(at) // up to the year 2100
}

const dayOf = (time: string | null): string | null => instantOf(time)?.toISOString().slice(0, 10) ?? null
