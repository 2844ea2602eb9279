import { Link } from 'react-router'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { GradeChip } from '../../../shared/ui/chips.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { BarList } from './bar-list.tsx'
import type { Usage } from './usage.ts'
import './use.css'

/** Who calls what for which purpose, and why calls were refused. */
export function Breakdowns({ usage }: { readonly usage: Usage }) {
  const { t } = useT()
  const nameOf = useName()
  const unit = t('delivery.calls')
  return (
    <div className="dt-halves">
      <Panel title={t('delivery.byEntry')}>
        <BarList label={t('delivery.entry')} unit={unit} bars={usage.byEntry.map(({ entryCode, title, calls, rows }) => ({ key: entryCode, name: <Link to={`/console/catalog/${entryCode}`}>{title}</Link>, value: calls, rows }))} />
      </Panel>
      <Panel title={t('delivery.byConsumer')}>
        <BarList label={t('delivery.consumer')} unit={unit} bars={usage.byConsumer.map((consumer) => ({ key: consumer.organisation, name: nameOf(consumer), value: consumer.calls, rows: consumer.rows }))} />
      </Panel>
      <Panel title={t('delivery.byPurpose')}>
        <BarList label={t('delivery.purpose')} unit={unit} bars={usage.byPurpose.map(({ purpose, calls, rows }) => ({ key: purpose, name: purpose || t('delivery.noPurpose'), value: calls, rows }))} />
      </Panel>
      <Panel title={t('delivery.byGrade')}>
        <BarList label={t('delivery.grade')} unit={unit} bars={usage.byGrade.map(({ grade, calls, rows }) => ({ key: grade, name: <GradeChip grade={grade} />, value: calls, rows }))} />
      </Panel>
      <Panel title={t('delivery.byError')}>
        {usage.errors.length === 0
          ? <p className="dt-secondary">{t('delivery.noErrors')}</p>
          : <BarList tone="cinnabar" label={t('delivery.why')} unit={t('delivery.times')} bars={usage.errors.map(({ code, count }) => ({ key: code, name: <>{t.maybe('errors.', code, code, { retryAfterSeconds: '…' })}<span className="dt-use-code dt-mono">{code}</span></>, value: count }))} />}
      </Panel>
    </div>
  )
}
