import { expect, it } from 'vitest'
import { fieldsBefore } from './fields-before.ts'
import { parametersOf, STEP_FORMS } from './step-forms.ts'

it('offers a step the fields that earlier steps leave it', () => {
  const steps = [
    { kind: 'split', field: 'a', way: 'separator', by: '-', lengths: [], into: ['x', 'y'], rest: 'last' }, { kind: 'rename', field: 'b', to: 'c' }, { kind: 'remove-fields', fields: ['a'] },
  ] as const
  const all = steps.map((step) => ({ ...step, ...('into' in step ? { lengths: [], into: [...step.into] } : {}), ...('fields' in step ? { fields: [...step.fields] } : {}) }) as Parameters<typeof fieldsBefore>[1][number])
  expect([0, 1, 2, 3].map((at) => fieldsBefore(['a', 'b'], all, at))).toEqual([['a', 'b'], ['a', 'x', 'y', 'b'], ['a', 'x', 'y', 'c'], ['x', 'y', 'c']])
})

it('asks for no parameter twice, and for each that a step has', () => {
  for (const { initial } of Object.values(STEP_FORMS)) {
    const names = parametersOf(initial).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const every = (STEP_FORMS[initial.kind].parameters as readonly { name: string }[]).map(({ name }) => name)
    expect(Object.keys(initial).filter((key) => key !== 'kind' && !every.includes(key))).toEqual([])
  }
})
