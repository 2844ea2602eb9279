import { detectByShare } from '../detect-by-share.ts'
import { compact, namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

/** Six digits; 86 to 99 begin no postal zone of the mainland (99 serves Hong Kong and Macao by convention). */
const validate = (value: string): Verdict => (/^(?:[0-7]\d|8[0-5]|99)\d{4}$/.test(compact(value)) ? 'valid' : 'invalid')

export const postcode: Recognizer = {
  id: 'postcode',
  titleZh: '邮政编码',
  titleEn: 'Postcode',
  category: 'place',
  source: 'postal zones of China Post, six digits',
  validate,
  standardise: (value) => (validate(value) === 'valid' ? compact(value) : null),
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern('邮编|邮政编码|郵遞區號|郵政編碼', 'post_?code|postal_?code|zip|zip_?code|yzbm|yb'),
      types: ['text', 'integer'],
      doubtfulNamed: 0,
      doubtfulAlone: 0,
      shareNamed: 0.3,
      shareAlone: null,
      ceilingAlone: 0,
    }),
}
