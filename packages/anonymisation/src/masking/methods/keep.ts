import { defineMethod } from '../masking-method.ts'

/** Leaves the value as it is; a policy that keeps says so instead of having a gap. */
export const keep = defineMethod({
  id: 'keep',
  titleZh: '保留原值',
  titleEn: 'Keep as it is',
  example: { from: '临海市', to: '临海市' },
  accepts: ['text', 'integer', 'decimal', 'boolean', 'date', 'datetime'],
  output: 'same',
  params: {},
  compile: () => (value) => value,
})
