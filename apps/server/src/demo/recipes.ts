import type { RecipeBook, RecipeStep } from '@datong/contracts'
import { entryOf, organisationOf, providerOf, send, sessionOf, type Stage } from './context.ts'

/** What the register of penalties needs: its officers write units into amounts, dates in two forms, and codes in wide letters. */
const STEPS: readonly RecipeStep[] = [
  { kind: 'trim', fields: [], inner: 'keep' },
  { kind: 'standard-form', fields: ['统一社会信用代码'], as: 'unified-credit-code', misfit: 'keep' },
  { kind: 'amount', fields: ['罚款金额（万元）'], unless: '万元', unit: '万元', misfit: 'keep' },
  { kind: 'day', fields: ['处罚决定日期'], era: 'western', order: 'ymd', serial: false, time: false, misfit: 'keep' },
  { kind: 'dedupe', fields: [], keep: 'first', by: '' },
]

/** A department sets up the cleansing of a register before its next load; what is there already stays. */
export async function writeRecipe(stage: Stage): Promise<void> {
  const headers = await sessionOf(stage, providerOf(stage, organisationOf(stage, 'market')))
  const url = `/api/v1/collection/recipes/${entryOf(stage, 'penalty')}`
  const book = (await send(stage, { url, headers })).json<RecipeBook>()
  if (book.recipes.length > 0) return
  await send(stage, { method: 'POST', url, headers, payload: { title: '行政处罚入库清洗', steps: STEPS, keepReading: book.table?.reading !== null, after: 0 } })
}
