import type { Actor } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import { requireOpenClass } from '../classification/change-classification.ts'
import { nextCodeBelow } from '../classification/classes.ts'
import type { CatalogContext } from '../context.ts'

/** 类 3 部门信息资源, 项 01 本级政务部门: where departments have their own 目. */
const DEPARTMENTS = '301'

interface CodeWish {
  readonly organisation: string
  /** Without it the department's own class. */
  readonly classification?: string | undefined
  readonly actor: Actor
}

/**
 * The code of a new entry: its class, then a number that no entry had before.
 * @throws AppError `catalog/unknown-classification`, `catalog/invalid-classification`
 */
export async function makeCode(trx: Trx, context: CatalogContext, { organisation, classification, actor }: CodeWish): Promise<string> {
  const chosen = classification ?? await ownClass(trx, context, organisation, actor)
  await requireOpenClass(trx, context, chosen, organisation)
  return `${chosen}-${await context.entries.nextNumber(trx)}`
}

/** The department's own 目, made with its first entry. */
async function ownClass(trx: Trx, context: CatalogContext, organisation: string, actor: Actor): Promise<string> {
  const { classification, evidence } = context
  const own = await classification.findOwn(trx, organisation)
  if (own !== undefined) return own.code
  await classification.lock(trx, DEPARTMENTS)
  // Another upload of the same department may have made it while this one waited.
  const made = await classification.findOwn(trx, organisation)
  if (made !== undefined) return made.code
  const code = nextCodeBelow(DEPARTMENTS, await classification.childrenOf(trx, DEPARTMENTS))
  if (code === undefined) throw new AppError('catalog/invalid-classification', {}, [{ pointer: '/classification', code: 'full', message: `分类 ${DEPARTMENTS} 之下的代码已用完` }])
  // Its name is the department's, wherever it is shown.
  await classification.insert(trx, { code, parent: DEPARTMENTS, name: '', nameEn: '', organisation, valid: true })
  await evidence.record(trx, {
    chain: 'decision', action: 'catalog.classification.added', actor, parties: [organisation], subject: { type: 'classification', id: code, title: context.organisations.ref(organisation).name },
    detail: { parent: DEPARTMENTS, organisation },
  })
  return code
}
