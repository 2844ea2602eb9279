import { operations } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { EvidenceSeal } from '../../shared/ui/evidence-seal.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'

/** The latest decisions and accesses in reach. */
export function LatestEvidence() {
  const { t } = useT()
  const format = useFormat()
  const list = useApi(operations.listEvidence, { query: { limit: 6 } })
  return (
    <Panel title={t('overview.latestEvidence')} extra={<Link to="/console/evidence">{t('common.all')}</Link>}>
      <Loaded of={list} rows={3}>
        {({ items }) => items.length === 0 ? <p className="dt-secondary">{t('evidence.none')}</p> : (
          <ul className="dt-todo">
            {items.map((item) => (
              <li key={item.id}>
                <div>
                  {t.maybe('evidence.action:', item.body.action)}
                  <div className="dt-secondary">{item.body.subject.title || item.body.subject.id}<br />{item.body.actor.name} · {format.ago(item.at, new Date())}</div>
                </div>
                <EvidenceSeal receiptId={item.id} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  )
}
