import type { Naming, QualityRuleDraft, RuleParameters, Severity } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { checkParameters, definitionOf, type Dimension, isRuleId, type RuleDefinition, type RuleId, withDefaults } from '@datong/quality-rules'
import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'

/** A rule that may be kept: of a kind that there is, with all its parameters. */
export interface Drafted {
  readonly kind: RuleId
  readonly dimension: Dimension
  readonly title: string
  /** A person wrote the title. */
  readonly titleTyped: boolean
  readonly field: string | null
  readonly parameters: RuleParameters
  readonly severity: Severity
  readonly toleranceShare: number
  readonly note: string
  readonly origin: 'suggested' | 'written'
}

/** Says whether two rules ask the same: kind, field and parameters, in hexadecimal. */
export const fingerprintOf = ({ kind, field, parameters }: Pick<Drafted, 'kind' | 'field' | 'parameters'>): string =>
  createHash('sha256').update(canonicalize([kind, field, parameters]) ?? '').digest('hex').slice(0, 32)

/** What a rule is called while nobody gave it another name; the interface says it in the reader's language. */
export const titleOf = (kind: string, field: string | null): string => (field === null || field === kind ? kind : `${field}：${kind}`).slice(0, 200)

/** What the title of a rule is made of; null when a person wrote it. */
export const namingOf = ({ kind, field, title_typed: isTyped }: { readonly kind: string; readonly field: string | null; readonly title_typed: boolean }): Naming => (isTyped ? null : { kind, field })

/** @throws AppError `quality/invalid-rule` with all that is wrong */
export async function requireSound(context: Pick<QualityContext, 'catalog'>, entry: EntryRecord, draft: QualityRuleDraft, caller: Caller): Promise<Drafted> {
  const { kind, title, field, parameters, severity, toleranceShare, note = '' } = draft
  if (!isRuleId(kind)) throw new AppError('quality/invalid-rule', {}, [{ pointer: '/kind', code: 'unknown', message: `没有规则“${kind}”` }])
  const definition = definitionOf(kind)
  const issues = [...fieldIssues(definition, entry, field), ...checkParameters(definition.parameters, parameters, schemaOf(entry)), ...(await foreignIssues(context, definition, entry, parameters, caller))]
  if (issues.length > 0) throw new AppError('quality/invalid-rule', {}, issues)
  const usual = titleOf(definition.titleZh, field)
  return { kind, dimension: definition.dimension, title: title ?? usual, titleTyped: title !== null && title !== usual, field, parameters: { ...withDefaults(definition.parameters, parameters) } as RuleParameters, severity, toleranceShare, note, origin: 'written' } // lists are not frozen on the wire
}

const schemaOf = (entry: EntryRecord) => entry.fields.map(({ name, type }) => ({ name, type, nullable: true }))

function fieldIssues({ scope, fieldTypes }: RuleDefinition, entry: EntryRecord, field: string | null): Issue[] {
  if (field === null) return scope === 'field' ? [{ pointer: '/field', code: 'required', message: '这条规则须指明信息项' }] : []
  const known = entry.fields.find(({ name }) => name === field)
  if (known === undefined) return [{ pointer: '/field', code: 'unknown-field', message: `没有信息项“${field}”` }]
  return fieldTypes === undefined || fieldTypes.includes(known.type) ? [] : [{ pointer: '/field', code: 'wrong-type', message: `信息项“${field}”的类型不适用这条规则` }]
}

/**
 * Whose data a rule may be held against: those of the own department, and what is published without condition to everybody.
 * Otherwise a failing row would tell what another department holds. The steward may name any.
 */
async function foreignIssues({ catalog }: Pick<QualityContext, 'catalog'>, { parameters: specs }: RuleDefinition, entry: EntryRecord, values: RuleParameters, caller: Caller): Promise<Issue[]> {
  if (holds(caller, 'steward')) return []
  const issues: Issue[] = []
  for (const { name } of specs.filter(({ kind }) => kind === 'entry')) {
    const code = values[name]
    if (typeof code !== 'string') continue
    const other = await catalog.find(code)
    const isOpen = other !== undefined && other.state === 'published' && other.openingType === 'open' && other.grade === 'public'
    if (other?.organisation !== entry.organisation && !isOpen) issues.push({ pointer: `/parameters/${name}`, code: 'not-allowed', message: '只能与本部门的条目或无条件开放的条目比对；跨部门比对由数据主管部门设置' })
  }
  return issues
}
