import { operations } from '@datong/contracts'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Figure } from '../../shared/ui/figure.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'

const BASE = '/console/quality/tickets'

/** How many faults wait, how many are late, and how departments kept their time within a year. */
export function TicketFigures({ department, onDepartment }: { readonly department: string | undefined; readonly onDepartment: (code: string | undefined) => void }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { data } = useApi(operations.ticketFigures)
  if (data === undefined) return null
  const { total, departments } = data
  const done = total.kept + total.missed
  const most = Math.max(1, ...departments.map(({ open }) => open))
  const busy = departments.filter(({ open }) => open > 0).toSorted((a, b) => b.late - a.late || b.open - a.open)
  return (
    <>
      <div className="dt-figures">
        <Figure label={t('tickets.figure.open')} value={format.number(total.open)} to={BASE} />
        <Figure label={t('tickets.figure.late')} value={format.number(total.late)} tone={total.late > 0 ? 'cinnabar' : undefined} />
        <Figure label={t('tickets.figure.critical')} value={format.number(total.critical)} to={`${BASE}?severity=critical`} tone={total.critical > 0 ? 'gamboge' : undefined} />
        <Figure label={t('tickets.figure.paused')} value={format.number(total.paused)} to={`${BASE}?state=paused`} />
        <Figure label={t('tickets.figure.reports')} value={format.number(total.reports)} to={`${BASE}?kind=report`} />
        <Figure label={t('tickets.figure.reopened')} value={format.number(total.reopened)} />
        <Figure label={t('tickets.figure.inTime')} value={done === 0 ? '–' : format.percent(total.kept / done)} />
      </div>
      {busy.length > 1 && (
        <Panel title={t('tickets.byDepartment')}>
          <ul className="dt-ticket-departments">
            {busy.map((one) => (
              <li key={one.department.code}>
                <button type="button" aria-pressed={department === one.department.code} onClick={() => onDepartment(department === one.department.code ? undefined : one.department.code)}>
                  <span>{name(one.department)}</span>
                  <span className="dt-ticket-bar" aria-hidden>
                    <span className="dt-ticket-bar-late" style={{ width: `${(one.late / most) * 100}%` }} /><span style={{ width: `${((one.open - one.late) / most) * 100}%` }} />
                  </span>
                  <span className="dt-num">{t('tickets.openAndLate', { open: format.number(one.open), late: format.number(one.late) })}</span>
                </button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}
