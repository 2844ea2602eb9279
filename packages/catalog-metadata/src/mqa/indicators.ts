/** Dimensions of the Metadata Quality Assessment of data.europa.eu, with the points that each can give; 405 together. */
export const MQA_DIMENSIONS = { findability: 100, accessibility: 100, interoperability: 110, reusability: 75, contextuality: 20 } as const
export type MqaDimension = keyof typeof MQA_DIMENSIONS

const indicator = <I extends string>(id: I, dimension: MqaDimension, max: number, on: 'dataset' | 'distribution') => ({ id, dimension, max, on })

/**
 * What is counted, where, and for how many points. Those of distributions count by the share of the distributions that meet them.
 * @see https://data.europa.eu/mqa/methodology
 */
export const MQA_INDICATORS = [
  indicator('keywords', 'findability', 30, 'dataset'),
  indicator('categories', 'findability', 30, 'dataset'),
  indicator('spatial', 'findability', 20, 'dataset'),
  indicator('temporal', 'findability', 20, 'dataset'),
  indicator('access-url-reachable', 'accessibility', 50, 'distribution'),
  indicator('download-url', 'accessibility', 20, 'distribution'),
  indicator('download-url-reachable', 'accessibility', 30, 'distribution'),
  indicator('format', 'interoperability', 20, 'distribution'),
  indicator('media-type', 'interoperability', 10, 'distribution'),
  indicator('known-format', 'interoperability', 10, 'distribution'),
  indicator('open-format', 'interoperability', 20, 'distribution'),
  indicator('machine-readable', 'interoperability', 20, 'distribution'),
  indicator('dcat-ap', 'interoperability', 30, 'dataset'),
  indicator('licence', 'reusability', 20, 'distribution'),
  indicator('known-licence', 'reusability', 10, 'distribution'),
  indicator('access-rights', 'reusability', 10, 'dataset'),
  indicator('known-access-rights', 'reusability', 5, 'dataset'),
  indicator('contact', 'reusability', 20, 'dataset'),
  indicator('publisher', 'reusability', 10, 'dataset'),
  indicator('rights', 'contextuality', 5, 'distribution'),
  indicator('byte-size', 'contextuality', 5, 'distribution'),
  indicator('issued', 'contextuality', 5, 'dataset'),
  indicator('modified', 'contextuality', 5, 'dataset'),
] as const
export type MqaIndicator = (typeof MQA_INDICATORS)[number]['id']

export const MQA_BANDS = ['excellent', 'good', 'sufficient', 'bad'] as const
export type MqaBand = (typeof MQA_BANDS)[number]

/** The band of a number of points, of 405. */
export const mqaBand = (points: number): MqaBand => (points > 350 ? 'excellent' : points > 220 ? 'good' : points > 120 ? 'sufficient' : 'bad')
