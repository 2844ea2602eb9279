import { type FailingRows, operations } from '@datong/contracts'
import { Button } from 'antd'
import { useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { TraceDrawer } from './trace-drawer.tsx'

interface FailingRowsPanelProps {
  readonly entryCode: string
  readonly ruleId: string
  readonly version: number
  /** Field of the rule; null for a rule on the whole table. */
  readonly field: string | null
}

const SHOWN = 20

/** The field that a rule on the whole table looks at first. */
const firstOf = ({ fields }: FailingRows): string => (fields.find(({ concerned }) => concerned) ?? fields[0])?.name ?? ''

/** Rows that fail the rule, as far as they were kept and this reader may see them; each leads back to where it comes from. */
export function FailingRowsPanel({ entryCode, ruleId, version, field }: FailingRowsPanelProps) {
  const { t } = useT()
  const format = useFormat()
  const { can } = useSession()
  const rows = useApi(operations.listFailingRows, { params: { id: ruleId }, query: { version } }, { enabled: can(operations.listFailingRows) })
  const [shown, setShown] = useState(SHOWN)
  const [traced, setTraced] = useState<{ field: string; row: number } | null>(null)
  if (!can(operations.listFailingRows)) return null
  const traceable = can(operations.traceCell)
  return (
    <Panel title={t('tickets.failingRows')} flush>
      <Loaded of={rows} rows={5}>
        {(data) => data.rows.length === 0 ? <Empty title={t('tickets.noRows')} hint={t('tickets.noRowsHint')} /> : (
          <>
            <div className="dt-ticket-cells" role="region" aria-label={t('tickets.failingRows')} tabIndex={0}>
              <table className="dt-ticket-table" aria-label={t('tickets.failingRows')}>
                <thead><tr><th scope="col">{t(traceable ? 'tickets.rowAndTrace' : 'tickets.row')}</th>{data.fields.map(({ name }) => <th key={name} scope="col">{name}</th>)}</tr></thead>
                <tbody>
                  {data.rows.slice(0, shown).map(({ row, values }) => (
                    <tr key={row}>
                      <td className="dt-num">{traceable ? <Button type="link" className="dt-cell-link" aria-label={t('tickets.traceRow', { row: row + 1 })} onClick={() => setTraced({ field: field ?? firstOf(data), row: row + 1 })}>{format.number(row + 1)}</Button> : format.number(row + 1)}</td>
                      {data.fields.map(({ name, concerned, hidden }, index) => (
                        <td key={name} className={concerned ? 'dt-ticket-concerned' : undefined}>{hidden ? <span className="dt-ticket-hidden">{t('tickets.hidden')}</span> : values[index] ?? <span className="dt-secondary">{t('tickets.empty')}</span>}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <p className="dt-secondary dt-ticket-foot">{t('tickets.rowsShown', { shown: Math.min(shown, data.rows.length), failed: format.number(data.failed) })}{data.rows.length > shown && <Button type="link" onClick={() => setShown(data.rows.length)}>{t('tickets.showAll', { count: data.rows.length })}</Button>}</p>
          </>
        )}
      </Loaded>
      {traced && <TraceDrawer code={entryCode} version={version} field={traced.field} row={traced.row} onClose={() => setTraced(null)} />}
    </Panel>
  )
}
