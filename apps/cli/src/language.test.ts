import { describe, expect, it } from 'vitest'
import { messagesFor } from './language.ts'
import { en } from './messages-en.ts'
import { zh } from './messages-zh.ts'

describe('the language of the command line', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, zh],
    [{ LANG: 'en_US.UTF-8' }, en],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, en],
    [{ LANG: 'C', LC_MESSAGES: 'zh_CN' }, zh],
    [{}, en],
  ])('follows %j', (env, messages) => {
    expect(messagesFor(env)).toBe(messages)
  })

  it('says as much in both', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh))
  })
})
