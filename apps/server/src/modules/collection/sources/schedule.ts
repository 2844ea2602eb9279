import { AppError } from '@datong/kernel'
import { CronExpressionParser } from 'cron-parser'

const ZONE = 'Asia/Shanghai'
/** Minute, hour, day, month, weekday: neither seconds nor names such as `@daily`. */
const FIVE_FIELDS = /^\s*\S+(\s+\S+){4}\s*$/

/**
 * When a schedule comes next after an instant, in China's time; null without a schedule.
 * @throws AppError `collection/source-settings`
 */
export function nextRun(schedule: string | null, after: Date): Date | null {
  if (schedule === null) return null
  try {
    if (!FIVE_FIELDS.test(schedule)) throw new Error('not five fields')
    return CronExpressionParser.parse(schedule, { currentDate: after, tz: ZONE }).next().toDate()
  } catch (cause) {
    throw new AppError('collection/source-settings', {}, [{ pointer: '/schedule', code: 'pattern', message: '不是有效的定时表达式（分 时 日 月 周）' }], { cause })
  }
}
