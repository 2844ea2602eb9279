import { halfWidth } from '@datong/kernel'
import { detectByShare } from '../detect-by-share.ts'
import { namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

/**
 * A place on earth in degrees. Two numbers with decimals are `valid`; one number of at least three decimals could be half
 * a pair and is `doubtful` until the column's name says longitude or latitude.
 */
function validate(value: string): Verdict {
  const text = halfWidth(value).replace(/^[([]|[)\]]$/g, '')
  const pair = /^(?:point ?\(?)?(-?\d{1,3}\.\d{2,})[,;\s]\s*(-?\d{1,3}\.\d{2,})$/i.exec(text)
  if (pair !== null) {
    const [a, b] = [Math.abs(Number(pair[1])), Math.abs(Number(pair[2]))]
    return Math.max(a, b) <= 180 && Math.min(a, b) <= 90 ? 'valid' : 'invalid'
  }
  return /^-?\d{1,3}\.\d{3,}$/.test(text) && Math.abs(Number(text)) <= 180 ? 'doubtful' : 'invalid'
}

export const coordinates: Recognizer = {
  id: 'coordinates',
  titleZh: '经纬度坐标',
  titleEn: 'Coordinates',
  category: 'place',
  source: 'ISO 6709 (decimal degrees)',
  validate,
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern('经度|緯度|纬度|經度|经纬|經緯|坐标|座標', 'longitude|latitude|lng|lat|lon|coord(?:inate)?s?|jd|wd|geo_?point'),
      notNames: /坐标系|精度/,
      types: ['text', 'decimal'],
      doubtfulNamed: 1,
      doubtfulAlone: 0,
      shareNamed: 0.5,
      shareAlone: 0.9,
      ceilingAlone: 0.9,
    }),
}
