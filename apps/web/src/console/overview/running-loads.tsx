import { operations, type Load } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { LoadProgress } from '../../shared/ui/load-progress.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'

const running = (load: Load): boolean => load.state !== 'done' && load.state !== 'failed'

/** The latest loads; those under way move. */
export function RunningLoads() {
  const { t } = useT()
  const loads = useApi(operations.listLoads, { query: { limit: 8 } }, { refetchMs: (last) => (last?.items.some(running) ? 1500 : 30_000) })
  return (
    <Panel title={t('common.trayTitle')} extra={<Link to="/console/collection">{t('common.all')}</Link>}>
      <Loaded of={loads} rows={2}>
        {({ items }) => items.length === 0 ? <p className="dt-secondary">{t('common.trayEmpty')}</p> : (
          <ul className="dt-todo dt-todo-loads">
            {items.toSorted((a, b) => Number(running(b)) - Number(running(a))).slice(0, 4).map((load) => (
              <li key={load.id}>
                <Link to={`/console/collection/loads/${load.id}`}>{load.fileName}</Link>
                <LoadProgress load={load} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  )
}
