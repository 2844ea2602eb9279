import type { BodyOf, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CatalogContext } from '../context.ts'
import { digitsBelow, nextCodeBelow } from './classes.ts'
import type { ClassRecord } from './classification-store.ts'

const invalid = (pointer: string, code: string, message: string): AppError => new AppError('catalog/invalid-classification', {}, [{ pointer, code, message }])

/**
 * Adds a class below another, with the asked code or the next free one.
 * @throws AppError `catalog/unknown-classification`, `catalog/invalid-classification`, `catalog/classification-exists`
 */
export async function addClassification(context: CatalogContext, body: BodyOf<typeof operations.addClassification>, caller: Caller): Promise<ClassRecord> {
  return inTransaction(context.db, async (trx) => {
    const parent = await context.classification.lock(trx, body.parent)
    if (parent === undefined) throw new AppError('catalog/unknown-classification', { code: body.parent })
    if (!parent.valid) throw invalid('/parent', 'closed', `分类 ${parent.code} 已停用，不能在其下新增`)
    const digits = digitsBelow(parent.code)
    if (digits === undefined) throw invalid('/parent', 'too-deep', `分类 ${parent.code} 之下不能再分`)
    if (body.code !== undefined && (!body.code.startsWith(parent.code) || body.code.length !== parent.code.length + digits)) {
      throw invalid('/code', 'wrong-form', `代码应为 ${parent.code} 加 ${digits} 位数字`)
    }
    const code = body.code ?? nextCodeBelow(parent.code, await context.classification.childrenOf(trx, parent.code))
    if (code === undefined) throw invalid('/parent', 'full', `分类 ${parent.code} 之下的代码已用完`)
    const added: ClassRecord = { code, parent: parent.code, name: body.name.trim(), nameEn: body.nameEn.trim(), organisation: null, valid: true }
    if (!(await context.classification.insert(trx, added))) throw new AppError('catalog/classification-exists', { code })
    await record(trx, context, added, caller, 'added')
    return added
  })
}

/** Renames a class, closes it or opens it again. @throws AppError `request/not-found` */
export async function changeClassification(
  context: CatalogContext, code: string, { name, nameEn, valid }: BodyOf<typeof operations.changeClassification>, caller: Caller,
): Promise<ClassRecord> {
  return inTransaction(context.db, async (trx) => {
    const before = await context.classification.lock(trx, code)
    if (before === undefined) throw new AppError('request/not-found')
    const after = { ...before, name: name?.trim() ?? before.name, nameEn: nameEn?.trim() ?? before.nameEn, valid: valid ?? before.valid }
    await context.classification.update(trx, code, after)
    const action = after.valid === before.valid ? 'renamed' : after.valid ? 'opened' : 'closed'
    await record(trx, context, after, caller, action, { name: [before.name, after.name], nameEn: [before.nameEn, after.nameEn], valid: [before.valid, after.valid] })
    return after
  })
}

/**
 * A class that a new code may be made of: it is there, it and all above it are open, and it is at least a 目.
 * @throws AppError `catalog/unknown-classification`, `catalog/invalid-classification`
 */
export async function requireOpenClass(trx: Trx, context: CatalogContext, code: string, organisation: string): Promise<void> {
  let row = await context.classification.find(trx, code)
  if (row === undefined) throw new AppError('catalog/unknown-classification', { code })
  if (row.organisation !== null && row.organisation !== organisation) throw invalid('/classification', 'not-own', `分类 ${code} 是其他部门的`)
  while (row !== undefined) {
    if (!row.valid) throw invalid('/classification', 'closed', `分类 ${row.code} 已停用`)
    row = row.parent === null ? undefined : await context.classification.find(trx, row.parent)
  }
}

async function record(trx: Trx, context: CatalogContext, { code, name, parent }: ClassRecord, caller: Caller, action: string, detail: Record<string, unknown> = {}): Promise<void> {
  await context.evidence.record(trx, {
    chain: 'decision', action: `catalog.classification.${action}`, actor: caller.actor, parties: caller.organisation === null ? [] : [caller.organisation],
    subject: { type: 'classification', id: code, title: name }, detail: { parent, name, ...detail },
  })
}
