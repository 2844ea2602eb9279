import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suggestGrade } from './suggest-grade.ts'
import { citizenNumbers, creditCodes } from './testing/arbitraries.ts'

const numbers = fc.sample(citizenNumbers, { numRuns: 10, seed: 1 })
const codes = fc.sample(creditCodes, { numRuns: 10, seed: 1 })
const text = (name: string, values: string[]) => ({ name, type: 'text' as const, values })
const grades = (...fields: ReturnType<typeof text>[]) => {
  const suggestion = suggestGrade(fields)
  return [suggestion.grade, ...suggestion.fields.map(({ grade }) => grade)]
}

describe('suggested grades', () => {
  it('make a table as strict as its strictest field; a name beside a citizen number stays internal', () => {
    expect(grades(text('姓名', ['张三', '李四']), text('身份证号', numbers), text('行政区划代码', ['331082']))).toEqual([
      'secret',
      'internal',
      'secret',
      'public',
    ])
  })

  it('leave a register of companies public but for its persons and addresses', () => {
    expect(
      grades(
        text('企业名称', ['临海市古城食品有限公司']),
        text('统一社会信用代码', codes),
        text('法定代表人', ['张三']),
        text('住所', ['临海市古城街道东湖路18号']),
        text('注册资本', ['500']),
      ),
    ).toEqual(['internal', 'public', 'public', 'internal', 'internal', 'public'])
  })

  it('hold health, crime, biometric and credentials secret by the name of the field', () => {
    expect(grades(text('诊断结果', ['高血压']))).toEqual(['secret', 'secret'])
    expect(grades(text('犯罪记录', ['无']))).toEqual(['secret', 'secret'])
    expect(grades(text('指纹', ['x']))).toEqual(['secret', 'secret'])
    expect(grades(text('password', ['x']))).toEqual(['secret', 'secret'])
  })

  it('do not take statistics and institutions for data on health', () => {
    expect(grades(text('传染病发病率', ['0.1']), text('残疾人数', ['12']), text('医疗机构名称', ['临海市第一医院']))).toEqual([
      'public',
      'public',
      'public',
      'public',
    ])
  })

  it('hold income secret beside persons only', () => {
    expect(grades(text('缴存基数', ['8000']))).toEqual(['public', 'public'])
    expect(grades(text('缴存基数', ['8000']), text('姓名', ['张三', '王五']))).toEqual(['secret', 'secret', 'internal'])
  })

  it('name the masking method, the reason and the evidence', () => {
    const [field] = suggestGrade([text('手机', ['13812345678'])]).fields
    expect(field).toMatchObject({ recognizer: 'phone', reason: 'personal', maskingMethod: 'phone', evidence: { nameHint: '手机' } })
    expect(suggestGrade([]).grade).toBe('public')
  })

  it('leave undecided what a name alone hints at', () => {
    expect(suggestGrade([text('手机', [])]).fields[0]).toMatchObject({ grade: 'public', confidence: 0.5, evidence: { nameHint: '手机' } })
  })
})
