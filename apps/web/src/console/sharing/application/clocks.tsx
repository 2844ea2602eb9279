import type { Application } from '@datong/contracts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Clock } from '../../../shared/ui/clock.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'

/** Every clock of the application: those that run or stand first, then those that have ended. */
export function Clocks({ application }: { readonly application: Application }) {
  const { t } = useT()
  const format = useFormat()
  const all = application.clocks.length > 0 ? application.clocks : [application.clock]
  const sorted = [...all].sort((a, b) => Number(a.state === 'stopped') - Number(b.state === 'stopped') || b.startedAt.localeCompare(a.startedAt))
  return (
    <Panel title={t('sharing.clocks')}>
      <ul className="dt-clocks">
        {sorted.map((clock) => (
          <li key={`${clock.kind}-${clock.startedAt}`}>
            {clock.state === 'stopped' && sorted.length > 1
              ? <p className="dt-secondary">{t('sharing.clockEnded', { kind: t(`common.clockKind.${clock.kind}`), count: clock.workingDays })}{clock.late && ` · ${t('sharing.wasLate')}`}</p>
              : <Clock clock={clock} size="large" />}
            {clock.extendedBy !== undefined && clock.extendedBy > 0 && <p className="dt-secondary">{t('sharing.extendedBy', { count: clock.extendedBy })}</p>}
          </li>
        ))}
      </ul>
      {application.escalatedAt && <p className="dt-warn">{t('sharing.escalated', { date: format.date(application.escalatedAt) })}</p>}
      {application.deliveryEscalatedAt && <p className="dt-warn">{t('sharing.deliveryEscalated', { date: format.date(application.deliveryEscalatedAt) })}</p>}
      {application.urgedAt && <p className="dt-warn">{t('sharing.urged', { date: format.date(application.urgedAt) })}</p>}
    </Panel>
  )
}
