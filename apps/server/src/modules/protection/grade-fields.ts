import { type Grade, stricter } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { type FieldGrade, type FieldToGrade, RECOGNIZERS, suggestGrade } from '@datong/recognizers'
import type { DomainEvents } from '../../platform/events.ts'
import { sampleColumns, valuesToRecognise } from '../quality/index.ts'
import type { ProtectionContext } from './context.ts'
import { methodFor, type MaskingPolicy } from './masking-policy.ts'

type Graded = DomainEvents['protection.fields-graded']['fields'][number]

/**
 * Suggests grade and mask for each field of a version that was just profiled. Looks at values, tells none: the evidence is
 * counts and parts of names.
 */
export async function gradeFields(context: ProtectionContext, event: DomainEvents['quality.version-profiled']): Promise<void> {
  const { entryCode, version, loadId, stars, identifierCandidates } = event
  const data = await context.collection.lake.version(entryCode, version)
  const entry = await context.catalog.find(entryCode)
  if (data === undefined || entry === undefined) return
  // Suggestions for fields that the catalogue has not taken from this version yet would be lost: the event comes again.
  const taken = new Set(entry.fields.map(({ name }) => name))
  if (!data.fields.every(({ name }) => taken.has(name))) throw new Error(`the catalogue has not taken version ${version} of ${entryCode} yet`)
  const samples = await sampleColumns(context.engine, data)
  const profiles = new Map((await context.quality.profileOf(entryCode, version)).map((profile) => [profile.name, profile]))
  const fields = data.fields.map(({ name, type }): FieldToGrade => ({ name, type, values: valuesToRecognise(samples.get(name) ?? [], profiles.get(name)) }))
  const policy = await context.policies.current()
  const floor = await context.collection.gradeFloorOf(entryCode)
  const graded = suggestGrade(fields).fields.map((suggestion, index): Graded => underPolicy(suggestion, fields[index]!, policy, floor)) // one suggestion a field
  await inTransaction(context.db, (trx) =>
    context.events.publish(trx, 'protection.fields-graded', { entryCode, version, loadId, fields: graded, identifierCandidates, stars }))
}

function underPolicy(found: FieldGrade, { type }: FieldToGrade, policy: MaskingPolicy, floor: Grade | null): Graded {
  const rule = found.recognizer === null ? undefined : policy.rules.get(found.recognizer)
  const grade = rule?.grade ?? found.grade
  return {
    name: found.name,
    recognizer: found.recognizer,
    grade: floor === null ? grade : stricter(grade, floor),
    masking: methodFor(rule === undefined ? found.maskingMethod : rule.method, type),
    confidence: Math.round(found.confidence * 100) / 100,
    evidence: [...evidenceOf(found), ...(floor === null ? [] : [`视图的输入中最严的分级为“${GRADE_NAMES[floor]}”，不得低于它`])],
    ...(floor === null ? {} : { floor }),
  }
}

const GRADE_NAMES: Readonly<Record<Grade, string>> = { public: '公开', internal: '内部', secret: '秘密', 'top-secret': '机密' }

const REASONS: Readonly<Record<FieldGrade['reason'], string>> = {
  'sensitive-identifier': '敏感个人信息（GB/T 35273 附录 B）',
  personal: '个人信息（GB/T 35273 附录 A）',
  'network-identifier': '网络身份标识（GB/T 35273 附录 A）',
  'public-register': '依法登记公示的主体信息',
  place: '地点信息',
  health: '名称表明是健康信息（GB/T 35273 附录 B）',
  crime: '名称表明是违法犯罪信息（GB/T 35273 附录 B）',
  biometric: '名称表明是生物识别信息（GB/T 35273 附录 B）',
  credential: '名称表明是口令或密钥',
  property: '名称表明是个人财产信息（GB/T 35273 附录 B）',
  belief: '名称表明是个人敏感信息（GB/T 35273 附录 B）',
  'nothing-found': '没有发现敏感内容',
}

/** Why, in counts and names; never a value. */
function evidenceOf({ recognizer, reason, evidence }: FieldGrade): string[] {
  const lines = [REASONS[reason]]
  if (evidence === null || recognizer === null) return lines
  const kind = RECOGNIZERS[recognizer].titleZh
  if (evidence.filled > 0) {
    const doubtful = evidence.doubtful === 0 ? '' : `，${evidence.doubtful} 个存疑`
    lines.push(`抽查 ${evidence.filled} 个值，${evidence.valid} 个符合${kind}规则（${(evidence.validShare * 100).toFixed(1)}%）${doubtful}`)
  }
  if (evidence.nameHint !== null) lines.push(`信息项名称含“${evidence.nameHint}”`)
  return lines
}
