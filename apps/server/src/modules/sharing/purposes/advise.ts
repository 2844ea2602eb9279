import type { Advice, AdvisedField, BodyOf, Field, operations, PurposeNeed } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { alternativesOf, isSensitive } from './alternatives.ts'
import type { PurposesContext } from './context.ts'
import { knowledgeOf } from './knowledge.ts'
import { figureWords, recognisePurpose } from './recognise-purpose.ts'
import { excessOf, needOf } from './weigh-need.ts'

type Body = BodyOf<typeof operations.adviseFields>

/**
 * Minimum necessary: holds the asked fields against what the purpose needs, and offers coarser forms.
 * @throws AppError `request/not-found`; `sharing/invalid-application` with all issues
 */
export async function adviseFields(context: PurposesContext, body: Body, caller: Caller): Promise<Advice> {
  const entry = await context.catalog.requireVisible(body.entryCode, caller)
  const fields = new Map(entry.fields.map((field) => [field.name, field]))
  const issues: Issue[] = body.fields.flatMap((name, index) =>
    (fields.has(name) ? [] : [{ pointer: `/fields/${index}`, code: 'unknown-field', message: `条目没有信息项“${name}”` }]))
  const purpose = await purposeOf(context, body)
  if (purpose === undefined) issues.push({ pointer: '/purposeCode', code: 'unknown-purpose', message: '没有这个用途，或已停用' })
  if (issues.length > 0 || purpose === undefined) throw new AppError('sharing/invalid-application', { code: entry.code }, issues)

  const knowledge = await knowledgeOf(context.purposes, purpose.code, entry)
  const excess = excessOf(body.fields, [...fields.keys()], knowledge)
  const figures = figureWords(body.purposeText ?? '')
  const advised = body.fields.flatMap((name) => {
    const field = fields.get(name)
    return field === undefined ? [] : [adviceOn(field, needOf(name, knowledge), excess.needKnown)]
  })
  return {
    purpose, fields: advised, beyondNeed: excess.fieldsBeyondNeed, needKnown: excess.needKnown,
    alternatives: figures.length > 0 && advised.some(({ sensitive }) => sensitive)
      ? [{ kind: 'statistics', reason: `用途提到“${figures.join('”“')}”：若只需数量、分布或比例，可改要统计结果，不要逐条记录` }] : [],
  }
}

/** The purpose that was chosen, else the one that the text speaks of, else 'other'; undefined when the chosen one is not to be had. */
async function purposeOf({ purposes }: PurposesContext, { purposeCode, purposeText }: Body): Promise<Advice['purpose'] | undefined> {
  if (purposeCode !== undefined) {
    const row = await purposes.find(purposeCode)
    return row === undefined || row.state === 'retired' ? undefined : { code: row.code, name: row.name, how: 'chosen', words: [] }
  }
  const found = recognisePurpose(purposeText ?? '', await purposes.list())
  return found === null ? { code: null, name: null, how: 'other', words: [] } : { code: found.code, name: found.name, how: 'recognised', words: [...found.words] }
}

function adviceOn(field: Field, { need, by, reason, learnt }: PurposeNeed, needKnown: boolean): AdvisedField {
  const sensitive = isSensitive(field)
  const unsure = needKnown ? '这一用途的已知需要中没有此项，请说明为何需要' : '这一用途需要哪些信息项还不清楚，由提供部门判断'
  return {
    name: field.name, grade: field.grade, need, by, sensitive, learnt, reason: reason === '' && need === 'unknown' ? unsure : reason,
    // What is needed and not sensitive is best delivered as it is.
    alternatives: sensitive || need !== 'needed' ? alternativesOf(field) : [],
  }
}
