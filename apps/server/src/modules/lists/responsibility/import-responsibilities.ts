import type { BodyOf, operations, ResponseOf } from '@datong/contracts'
import { isAppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { columnsOf, readTable } from '../../standards/index.ts'
import { insert, type ResponsibilityContext, type ResponsibilityInput, update } from './change-responsibility.ts'
import type { ResponsibilityRow } from './view.ts'

type Answer = ResponseOf<typeof operations.importResponsibilities>

/** Titles that the columns go by; the first is the one of an export. */
export const TITLES = {
  organisation: ['部门代码', '统一社会信用代码', '责任部门代码', 'organisation'], item: ['职责事项', '事项', '责任事项', '职责', 'item'], legalBasis: ['法律依据', '依据', '设定依据', 'legalbasis'],
  dataNamed: ['应共享数据', '数据名称', '数据', 'data'], dueOn: ['完成期限', '期限', '截止日期', 'due'], entryCode: ['目录代码', '条目代码', '信息资源代码', 'entry'],
} as const satisfies Record<keyof ResponsibilityInput, readonly string[]>

/**
 * Takes lines of a file: new items are added, items of the same department, matter and data are changed where they differ.
 * Each line by itself; one that cannot be taken is named and stops no other. Without `apply` nothing is kept.
 * @throws AppError `tabular/…` when the file cannot be read
 */
export async function importResponsibilities(context: ResponsibilityContext, { content, apply }: BodyOf<typeof operations.importResponsibilities>, { actor }: Caller): Promise<Answer> {
  const table = await readTable(Buffer.from(content, 'base64'))
  const columns = columnsOf(table.names, TITLES)
  const answer: Answer = { added: 0, changed: 0, same: 0, rejects: table.rejects.map(({ line, detail }) => ({ line, reason: detail })) }
  const missing = (['organisation', 'item'] as const).filter((key) => !columns.has(key))
  if (missing.length > 0) return { ...answer, rejects: [{ line: 1, reason: `缺少列：${missing.map((key) => TITLES[key][0]).join('、')}` }] }
  for (const { line, cells } of table.rows) {
    const cell = (key: keyof ResponsibilityInput): string => cells[columns.get(key) ?? -1] ?? ''
    const fault = faultOf(cell)
    if (fault !== undefined) {
      answer.rejects.push({ line, reason: fault })
      continue
    }
    const given: ResponsibilityInput = {
      organisation: cell('organisation'), item: cell('item'), legalBasis: cell('legalBasis'), dataNamed: cell('dataNamed'), dueOn: cell('dueOn') || null,
      entryCode: cell('entryCode').replace('/', '-') || null,
    }
    try {
      answer[await inTransaction(context.db, async (trx) => {
        const outcome = await take(trx)
        if (!apply) throw new Preview(outcome)
        return outcome
      }).catch((error: unknown) => {
        if (error instanceof Preview) return error.outcome
        throw error
      })]++
    } catch (error) {
      if (!isAppError(error)) throw error
      answer.rejects.push({ line, reason: error.issues.map(({ message }) => message).join('；') || error.code })
    }

    async function take(trx: Parameters<typeof insert>[0]): Promise<'added' | 'changed' | 'same'> {
      const before = await context.responsibilities.findAlike(trx, { organisation: given.organisation, item: given.item, data_named: given.dataNamed })
      if (before === undefined) {
        await insert(trx, context, given, actor)
        return 'added'
      }
      if (isSame(before, given)) return 'same'
      await update(trx, context, before, given, actor, '导入')
      return 'changed'
    }
  }
  answer.rejects.sort((a, b) => a.line - b.line)
  return answer
}

/** Ends a transaction that only looks. */
class Preview extends Error {
  readonly outcome: 'added' | 'changed' | 'same'
  constructor(outcome: 'added' | 'changed' | 'same') {
    super('nothing is kept')
    this.outcome = outcome
  }
}

function faultOf(cell: (key: keyof ResponsibilityInput) => string): string | undefined {
  if (cell('item') === '') return '职责事项为空'
  if (cell('item').length > 200 || cell('dataNamed').length > 500 || cell('legalBasis').length > 500) return '文字过长'
  if (!/^[0-9A-HJ-NP-RT-UW-Y]{18}$/.test(cell('organisation'))) return `部门代码“${cell('organisation')}”不是统一社会信用代码`
  const due = cell('dueOn')
  if (due !== '' && (!/^\d{4}-\d{2}-\d{2}$/.test(due) || Number.isNaN(Date.parse(due)))) return `期限“${due}”不是年-月-日`
  if (cell('entryCode') !== '' && !/^[1-9][0-9]{5,11}[-/][0-9]{6}$/.test(cell('entryCode'))) return `目录代码“${cell('entryCode')}”格式不对`
  return undefined
}

const isSame = (row: ResponsibilityRow, given: ResponsibilityInput): boolean =>
  row.legal_basis === given.legalBasis && row.due_on === given.dueOn && row.entry_code === given.entryCode
