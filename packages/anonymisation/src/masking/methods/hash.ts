import { AppError } from '@datong/kernel'
import { maskText } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

const LEAST_KEY_BYTES = 16

/**
 * A keyed pseudonym: the beginning of HMAC(key, value) in hexadecimal. Equal values give equal pseudonyms under one key, so
 * that tables can be joined; without the key nobody can try all citizen numbers. Blanks and full-width digits make no
 * difference.
 * @see RFC 2104; GB/T 37964-2019 annex A (pseudonymisation)
 */
export const hash = defineMethod({
  id: 'hash',
  titleZh: '假名：带密钥散列',
  titleEn: 'Pseudonym: keyed hash',
  example: { from: '11010519491231002X', to: '5f1c…（32 个十六进制字符）' },
  accepts: ['text', 'integer', 'decimal', 'date', 'datetime'],
  output: 'text',
  params: {
    length: { type: 'integer', default: 32, minimum: 16, maximum: 64, titleZh: '长度', titleEn: 'Hexadecimal digits' },
  },
  compile: ({ length }, { key, hmac }) => {
    if (hmac === undefined || key === undefined || key.length < LEAST_KEY_BYTES) throw new AppError('masking/key-required', { method: 'hash' })
    const encoder = new TextEncoder()
    return maskText((text) => {
      const digest = hmac(key, encoder.encode(text))
      let hex = ''
      for (let i = 0; i < digest.length && hex.length < length; i++) hex += digest[i]!.toString(16).padStart(2, '0')
      return hex.slice(0, length)
    })
  },
})
