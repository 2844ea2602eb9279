import type { operations, ResponseOf } from '@datong/contracts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import './board.css'

type Counts = ResponseOf<typeof operations.sharingBoard>['departments'][number]

interface DepartmentBarsProps {
  readonly departments: readonly Counts[]
  readonly chosen: string | undefined
  readonly onChoose: (code: string | undefined) => void
  /** What counts as due soon here. */
  readonly soon?: string
}

/** The parts of a department's clocks, from the most pressing on; `running` counts late and soon ones too. */
const partsOf = ({ late, dueSoon, running, paused }: Counts) =>
  ([['late', late], ['soon', dueSoon], ['running', Math.max(0, running - late - dueSoon)], ['paused', paused]] as const).filter(([, count]) => count > 0)

/** The whole width is at least so many clocks, lest one alone look like many. */
const LEAST = 8

/** Clocks by department as bars of one scale; choosing one shows only its clocks. */
export function DepartmentBars({ departments, chosen, onChoose, soon }: DepartmentBarsProps) {
  const { t } = useT()
  const nameOf = (part: 'late' | 'soon' | 'running' | 'paused'): string => (part === 'soon' && soon ? soon : t(`board.part.${part}`))
  const name = useName()
  const most = Math.max(LEAST, ...departments.map(({ running, paused }) => running + paused))
  return (
    <>
      <ul className="dt-board-legend" aria-hidden>
        {(['late', 'soon', 'running', 'paused'] as const).map((part) => <li key={part}><span className={`dt-board-${part}`} /> {nameOf(part)}</li>)}
      </ul>
      <ul className="dt-board-bars">
        {departments.map((counts) => {
          const { code } = counts.department
          const parts = partsOf(counts)
          return (
            <li key={code}>
              <button type="button" aria-pressed={chosen === code} onClick={() => onChoose(chosen === code ? undefined : code)}>
                <span className="dt-board-name">{name(counts.department)}</span>
                <span className="dt-board-bar">
                  {parts.map(([part, count]) => <span key={part} className={`dt-board-${part}`} style={{ width: `${(count / most) * 100}%` }} title={`${nameOf(part)} ${count}`}><span aria-hidden>{count}</span></span>)}
                </span>
                <span className="dt-visually-hidden">{parts.map(([part, count]) => `${nameOf(part)} ${count}`).join(t('shell.and'))}</span>
                {counts.escalated > 0 && <span className="dt-board-escalated">{t('board.escalatedCount', { count: counts.escalated })}</span>}
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}
