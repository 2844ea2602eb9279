import { Link } from 'react-router'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { gainsOf } from './gains.ts'
import type { Figures } from './figures.ts'

interface TodoProps {
  readonly indicators: Figures['indicators']
  readonly organisation: string | undefined
}

/** What to do, by the points that it would bring. */
export function Todo({ indicators, organisation }: TodoProps) {
  const { t } = useT()
  const format = useFormat()
  const lacking = new Map(indicators.map((one) => [one.id, one.lacking]))
  const gains = gainsOf(indicators).filter(({ id }) => (lacking.get(id) ?? 0) > 0)
  const addressOf = (id: string): string => `?${new URLSearchParams({ ...(organisation === undefined ? {} : { organisation }), lacking: id })}#entries`
  return (
    <Panel title={t('metadata.todo')}>
      {gains.length === 0 ? <p>{t('metadata.todoNone')}</p> : (
        <>
          <p className="dt-secondary">{t('metadata.todoHint')}</p>
          <div className="dt-scroll-x">
            <table className="dt-metadata-todo">
              <thead><tr><th scope="col">{t('metadata.column.indicator')}</th><th scope="col">{t('metadata.column.do')}</th><th scope="col">{t('metadata.column.gain')}</th><th scope="col">{t('metadata.column.lacking')}</th></tr></thead>
              <tbody>
                {gains.map(({ id, points }) => (
                  <tr key={id}>
                    <th scope="row">{t.maybe('metadata.indicator.', id, id)}</th>
                    <td>{t.maybe('metadata.do.', id, '')}</td>
                    <td className="dt-num">{format.number(points, 1)}</td>
                    <td className="dt-num"><Link to={addressOf(id)}>{t('metadata.lackingCount', { count: lacking.get(id) ?? 0 })}</Link></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Panel>
  )
}
