import { ProblemError } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import type { Translate } from '../i18n/use-t.ts'
import { explain } from './problem.ts'

/** Answers `language:key`, and the fallback where a key has no text. */
const speaking = (language: 'zh-CN' | 'en', known: readonly string[]): Translate =>
  Object.assign((key: string) => `${language}:${key}`, {
    language,
    maybe: (prefix: string, value: string, fallback = value) => (known.includes(prefix + value) ? `${language}:${prefix}${value}` : fallback),
  })

const problem = (code: string, errors: { pointer: string; code: string; message: string }[] = []): ProblemError =>
  new ProblemError({ type: 'about:blank', title: 'Title', status: 422, detail: 'Detail', instance: '/', code, errors })

describe('explaining a failed call', () => {
  it('takes the text of the code, else the words of the server', () => {
    expect(explain(problem('catalog/wrong-state'), speaking('en', ['errors.catalog/wrong-state'])).text).toBe('en:errors.catalog/wrong-state')
    expect(explain(problem('new/code'), speaking('en', [])).text).toBe('Detail')
  })

  it('keeps a Chinese sentence for Chinese readers and translates it by its code for others', () => {
    const error = problem('catalog/invalid-entry', [{ pointer: '/summary', code: 'missing', message: '请填写摘要' }])
    expect(explain(error, speaking('zh-CN', ['errors.issue:missing'])).issues).toEqual([{ pointer: '', text: '请填写摘要' }])
    expect(explain(error, speaking('en', ['errors.issue:missing'])).issues).toEqual([{ pointer: '/summary', text: 'en:errors.issue:missing' }])
  })

  it('calls an address that cannot be one not found', () => {
    const error = problem('request/invalid', [{ pointer: '/path/code', code: 'pattern', message: 'must match pattern' }])
    expect(explain(error, speaking('en', [])).code).toBe('request/not-found')
  })

  it('says that the server cannot be reached when the network failed', () => {
    expect(explain(new TypeError('fetch failed'), speaking('en', [])).text).toBe('en:errors.offline')
  })
})
