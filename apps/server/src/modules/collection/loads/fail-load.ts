import { ERRORS, type ErrorCode } from '@datong/contracts'
import { AppError, isAppError } from '@datong/kernel'
import { asStoreError, inTransaction } from '@datong/metadata-store'
import { type CollectionContext, PLATFORM } from '../context.ts'
import { recordLoad } from '../record.ts'
import { isDiskFull } from './disk-space.ts'
import { tellStopped } from './tell-stopped.ts'

/** What a file may be at fault for, told in the words of this module. */
const IN_OUR_WORDS: Readonly<Record<string, (found: string) => AppError>> = {
  'tabular/empty-file': () => new AppError('collection/empty-file', {}, [{ pointer: '/file', code: 'empty-file', message: '文件是空的' }]),
  'tabular/no-table': () => new AppError('tabular/no-table', {}, [{ pointer: '/file', code: 'no-table', message: '文件里没有找到表格' }]),
  'tabular/archive-file': (found) => unsupported(found, '文件内容是压缩包，请解压后逐个上传'),
  'tabular/parquet-file': (found) => unsupported(found, '文件内容是 Parquet，暂不支持，请另存为 CSV 或 Excel'),
  'tabular/not-a-table': (found) => unsupported(found, `文件内容不是表格（${KINDS[found] ?? found}）`),
}

const KINDS: Readonly<Record<string, string>> = { pdf: 'PDF 文档', image: '图片', html: '网页', xml: 'XML 文档', binary: '二进制文件' }

const unsupported = (found: string, message: string): AppError =>
  new AppError('collection/unsupported-format', { found }, [{ pointer: '/file', code: 'unsupported-format', message }])

/**
 * The failure to show when the file itself is at fault, or what the platform stands on; undefined for what was not
 * foreseen and may go away when tried again.
 */
export function failureOf(error: unknown): AppError | undefined {
  // Trying again writes more.
  if (isDiskFull(error)) return new AppError('store/disk-full')
  const known = asStoreError(error)
  if (!isAppError(known)) return undefined
  const own = IN_OUR_WORDS[known.code]
  if (own !== undefined) return own(String(known.params['kind'] ?? ''))
  return /^(?:(?:collection|tabular|cleansing)\/|delivery\/address-refused$)/.test(known.code) ? known : undefined
}

/**
 * An error that may be logged: the engine's own messages quote values of the file, so only its kind and place remain.
 */
export function loggable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('something that is no error was thrown')
  const cause = error.cause instanceof Error ? error.cause : error
  const safe = new Error(`${error.name}: ${withoutQuotes(error.message)} (${cause.name}: ${withoutQuotes(cause.message.split('\n')[0] ?? '')})`)
  if (error.stack !== undefined) safe.stack = `${safe.message}\n${error.stack.split('\n').filter((line) => /^\s+at /.test(line)).join('\n')}`
  return safe
}

const withoutQuotes = (text: string): string => text.slice(0, 500).replace(/"[^"]*"|'[^']*'|“[^”]*”/g, '…')

/** The last word on a failure that was not foreseen, when trying again did not help. */
export const unforeseen = (error: unknown): AppError => new AppError(isDiskFull(error) ? 'store/disk-full' : 'server/failure')

/**
 * Ends a load with its evidence. The uploaded file stays for another try.
 * @param stage a load that has its version already fails only in `profiling`
 */
export async function failLoad(context: CollectionContext, loadId: string, error: AppError, stage: 'loading' | 'profiling' = 'loading'): Promise<void> {
  const { code, params, issues } = error
  const title = isKnown(code) ? ERRORS[code].title : 'Something went wrong here'
  const detail = issues.length === 0 ? `${title}.` : `${title}: ${issues.slice(0, 3).map(({ message }) => message).join('; ')}.`
  await inTransaction(context.store.db, async (trx) => {
    const before = await context.loads.lock(trx, loadId)
    if (before === undefined || before.outcome !== null || (stage === 'loading' && before.version !== null)) return
    const load = await context.loads.change(trx, loadId, {
      outcome: 'failed', finished_at: context.clock.now(), error: JSON.stringify({ code, detail, params, errors: issues }),
    })
    await recordLoad(trx, context, { load, actor: PLATFORM, action: 'failed', detail: { code, ...params } })
    await tellStopped(trx, context, load, 'failed')
  })
}

const isKnown = (code: string): code is ErrorCode => code in ERRORS
