import { halfWidth } from '@datong/kernel'
import { detectByShare } from '../detect-by-share.ts'
import { namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

const ADDRESS = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

const validate = (value: string): Verdict => (ADDRESS.test(halfWidth(value)) ? 'valid' : 'invalid')

export const ipv4: Recognizer = {
  id: 'ipv4',
  titleZh: 'IPv4 地址',
  titleEn: 'IPv4 address',
  category: 'network',
  source: 'RFC 3986, 3.2.2',
  validate,
  standardise: (value) => (validate(value) === 'valid' ? halfWidth(value) : null),
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern('(?:^|[^a-z])ip(?:地址)?(?![a-z])', 'ip|ipv4|ip_?addr(?:ess)?'),
      types: ['text'],
      doubtfulNamed: 0,
      doubtfulAlone: 0,
      shareNamed: 0.3,
      shareAlone: 0.8,
      ceilingAlone: 0.95,
    }),
}
