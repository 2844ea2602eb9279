import type { DatasetDescription, DistributionDescription } from '../description.ts'
import { iriOf } from '../rdf/iri.ts'
import { formatOf } from '../vocabularies/formats.ts'
import { euLicence } from '../vocabularies/licences.ts'
import { MQA_INDICATORS, type MqaBand, mqaBand, type MqaIndicator } from './indicators.ts'

/** Whether an address answers; null when nobody has looked yet, which gives no points. */
export type Reach = (address: string) => boolean | null

export interface MqaScore {
  /** 0 to 405, with one decimal. */
  readonly points: number
  readonly band: MqaBand
  /** Points by indicator. */
  readonly indicators: Readonly<Record<MqaIndicator, number>>
}

const said = (words: Readonly<Record<string, string>>): boolean => Object.values(words).some((text) => text.trim() !== '')
const usable = (address: string | null): boolean => address !== null && iriOf(address) !== undefined

const OF_DATASET: Readonly<Partial<Record<MqaIndicator, (dataset: DatasetDescription) => boolean>>> = {
  keywords: ({ keywords }) => Object.values(keywords).flat().some((word) => word.trim() !== ''),
  categories: ({ themes }) => themes.some(({ iri }) => usable(iri)),
  spatial: ({ spatial }) => spatial.length > 0,
  temporal: ({ temporal }) => temporal.some(({ from, to }) => from !== null || to !== null),
  // What the shapes demand, and we would otherwise have to make up.
  'dcat-ap': (dataset) => said(dataset.title) && said(dataset.description) && dataset.distributions.every(({ accessUrl }) => usable(accessUrl)),
  'access-rights': ({ accessRights }) => accessRights !== null,
  'known-access-rights': ({ accessRights }) => accessRights !== null,
  contact: ({ contact }) => contact !== null,
  publisher: ({ publisher }) => publisher !== null,
  issued: ({ issued }) => issued !== null,
  modified: ({ modified }) => modified !== null,
}

const formatIn = ({ format, mediaType }: DistributionDescription) => formatOf(format) ?? formatOf(mediaType)

const OF_DISTRIBUTION: Readonly<Partial<Record<MqaIndicator, (distribution: DistributionDescription, reach: Reach, dataset: DatasetDescription) => boolean>>> = {
  'access-url-reachable': ({ accessUrl }, reach) => usable(accessUrl) && reach(accessUrl) === true,
  'download-url': ({ downloadUrl }) => usable(downloadUrl),
  'download-url-reachable': ({ downloadUrl }, reach) => downloadUrl !== null && usable(downloadUrl) && reach(downloadUrl) === true,
  format: (distribution) => distribution.format !== null || formatIn(distribution) !== undefined,
  'media-type': ({ mediaType }) => mediaType !== null,
  'known-format': (distribution) => formatIn(distribution) !== undefined,
  'open-format': (distribution) => formatIn(distribution)?.open === true,
  'machine-readable': (distribution) => formatIn(distribution)?.machineReadable === true,
  licence: ({ licence }) => licence !== null,
  'known-licence': ({ licence }) => licence !== null && euLicence(licence) !== null,
  rights: ({ rights }, _, { legalBasis }) => said(rights) || legalBasis !== null,
  'byte-size': ({ byteSize }) => byteSize !== null,
}

/** The points of one data set by the Metadata Quality Assessment, from the same description that DCAT-AP is written from. */
export function mqaScore(dataset: DatasetDescription, reach: Reach): MqaScore {
  const { distributions } = dataset
  const shares = MQA_INDICATORS.map(({ id, max, on }) => {
    if (on === 'dataset') return [id, OF_DATASET[id]?.(dataset) === true ? max : 0] as const
    const met = distributions.filter((distribution) => OF_DISTRIBUTION[id]?.(distribution, reach, dataset) === true).length
    return [id, distributions.length === 0 ? 0 : rounded((max * met) / distributions.length)] as const
  })
  const points = rounded(shares.reduce((sum, [, share]) => sum + share, 0))
  return { points, band: mqaBand(points), indicators: Object.fromEntries(shares) as MqaScore['indicators'] } // one share for each indicator
}

const rounded = (points: number): number => Math.round(points * 10) / 10
