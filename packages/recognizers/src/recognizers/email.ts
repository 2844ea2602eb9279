import { halfWidth } from '@datong/kernel'
import { detectByShare } from '../detect-by-share.ts'
import { namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

const ADDRESS = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,24}$/u

function validate(value: string): Verdict {
  const text = halfWidth(value)
  if (text.length > 254 || !ADDRESS.test(text)) return 'invalid'
  // Dots at the ends or doubled are forbidden by RFC 5322 but old mail systems issued them.
  return /^\.|\.\.|\.@/.test(text) ? 'doubtful' : 'valid'
}

export const email: Recognizer = {
  id: 'email',
  titleZh: '电子邮箱',
  titleEn: 'E-mail address',
  category: 'personal',
  source: 'RFC 5322, 3.4.1; RFC 6531',
  validate,
  standardise: (value) => {
    const text = halfWidth(value)
    if (validate(text) === 'invalid') return null
    const at = text.lastIndexOf('@')
    return text.slice(0, at) + text.slice(at).toLowerCase()
  },
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern('邮箱|郵箱|电子邮件|電子郵件|电邮|電郵', 'e_?mail|mail|e_?mail_?address|mailbox|dzyx|yx'),
      types: ['text'],
      doubtfulNamed: 1,
      doubtfulAlone: 0.5,
      shareNamed: 0.1,
      shareAlone: 0.5,
      ceilingAlone: 1,
    }),
}
