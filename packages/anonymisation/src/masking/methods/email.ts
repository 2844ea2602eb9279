import { hidden, maskText } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

const ADDRESS = /^([^\s@<>"]+)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)$/

/** First character of the mailbox, and the domain if wanted; the number of hidden characters is not shown. */
export const email = defineMethod({
  id: 'email',
  titleZh: '邮箱：保留首字符和域名',
  titleEn: 'E-mail: keep first character and domain',
  example: { from: 'zhangsan@example.cn', to: 'z***@example.cn' },
  accepts: ['text'],
  output: 'text',
  params: { keepDomain: { type: 'boolean', default: true, titleZh: '保留域名', titleEn: 'Keep the domain' } },
  compile: ({ keepDomain }) =>
    maskText((text) => {
      const match = text.length > 254 ? null : ADDRESS.exec(text)
      if (match === null) return hidden(text)
      const mailbox = [...match[1]!]
      return `${mailbox.length > 1 ? mailbox[0] : ''}***@${keepDomain ? match[2] : '***'}`
    }),
})
