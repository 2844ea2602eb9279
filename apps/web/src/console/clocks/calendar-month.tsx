import type { CalendarDay } from '@datong/contracts'
import { useT } from '../../shared/i18n/use-t.ts'

interface MonthProps {
  readonly year: number
  /** From 0. */
  readonly month: number
  readonly count: number
  readonly days: readonly CalendarDay[]
  readonly onChoose?: (day: string) => void
}

/** A month with its days off and days worked; weeks begin on Monday. */
export function CalendarMonth({ year, month, count, days, onChoose }: MonthProps) {
  const { t } = useT()
  const named = new Map(days.map((day) => [day.day, day]))
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const before = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7
  return (
    <section className="dt-cal-month" aria-label={t('clocks.month', { month: month + 1 })}>
      <h3>{t('clocks.month', { month: month + 1 })} <span className="dt-secondary">{t('clocks.workingDays', { count })}</span></h3>
      <div className="dt-cal-days">
        {Array.from({ length: before }, (_, index) => <span key={`b${index}`} />)}
        {Array.from({ length }, (_, index) => {
          const day = new Date(Date.UTC(year, month, index + 1)).toISOString().slice(0, 10)
          const one = named.get(day)
          const weekend = (before + index) % 7 > 4
          const look = one?.kind === 'holiday' ? 'dt-cal-off' : one?.kind === 'workday' ? 'dt-cal-worked' : weekend ? 'dt-cal-weekend' : ''
          const words = one ? `${day} ${t(`clocks.day.${one.kind}`)} ${t.language === 'en' ? one.nameEn : one.name}` : day
          const className = `${look}${one?.origin === 'bureau' ? ' dt-cal-own' : ''}`
          return onChoose
            ? <button key={day} type="button" className={className} title={words} aria-label={words} onClick={() => onChoose(day)}>{index + 1}</button>
            : <span key={day} className={className} title={words}>{index + 1}</span>
        })}
      </div>
    </section>
  )
}
