import { LockOutlined } from '@ant-design/icons'
import { operations } from '@datong/contracts'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'

/** Rows that fail, as far as they were kept; what the rule looks at stands first and is marked. */
export function FailingTable({ ruleId, version }: { readonly ruleId: string; readonly version: number }) {
  const { t } = useT()
  const format = useFormat()
  const rows = useApi(operations.listFailingRows, { params: { id: ruleId }, query: { version } })
  return (
    <Panel title={t('checks.failingRows')} flush>
      <Loaded of={rows}>
        {(data) => (data.rows.length === 0
          ? <Empty title={t('checks.noRows')} hint={data.failed > 0 ? t('checks.noRowsHint') : undefined} />
          : (
            <>
              <p className="dt-secondary dt-checks-caption">{t('checks.rowsShown', { shown: format.number(data.rows.length), failed: format.number(data.failed), version: data.version ?? 0 })}</p>
              <div className="dt-checks-rows" tabIndex={0} role="region" aria-label={t('checks.failingRows')}>
                <table>
                  <thead><tr><th scope="col">{t('checks.place')}</th>{data.fields.map(({ name, hidden }) => <th key={name} scope="col">{name} {hidden && <LockOutlined aria-label={t('quality.hidden')} />}</th>)}</tr></thead>
                  <tbody>
                    {data.rows.map(({ row, values }) => (
                      <tr key={row}>
                        <td className="dt-num">{format.number(row + 1)}</td>
                        {data.fields.map(({ name, concerned, hidden }, index) => <td key={name} className={concerned ? 'dt-checks-concerned' : undefined}>{hidden ? '•••' : (values[index] ?? <span className="dt-secondary">–</span>)}</td>)}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          ))}
      </Loaded>
    </Panel>
  )
}
