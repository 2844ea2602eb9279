import { operations, type MetadataScore } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { BandChip } from './band-chip.tsx'
import { gainsOf } from './gains.ts'
import './metadata.css'

/** How good the description of one entry is, and what would make it better. */
export function MetadataScorePanel({ code, mayEdit }: { readonly code: string; readonly mayEdit: boolean }) {
  const score = useApi(operations.getMetadataScore, { params: { code } })
  return <Loaded of={score} rows={4}>{(data) => <Score score={data} mayEdit={mayEdit} />}</Loaded>
}

function Score({ score, mayEdit }: { readonly score: MetadataScore; readonly mayEdit: boolean }) {
  const { t } = useT()
  const format = useFormat()
  const dimensions = Map.groupBy(score.indicators, ({ dimension }) => dimension)
  const gains = gainsOf(score.indicators)
  const sum = (of: 'points' | 'max', indicators: MetadataScore['indicators']): number => indicators.reduce((total, one) => total + one[of], 0)
  return (
    <Panel title={t('metadata.entryTitle')} extra={<span className="dt-chips"><strong className="dt-num">{t('metadata.pointsOf', { points: format.number(score.points, 1), max: 405 })}</strong><BandChip band={score.band} /></span>}>
      <table className="dt-metadata-dimensions">
        <caption className="dt-visually-hidden">{t('metadata.dimensions')}</caption>
        <tbody>
          {[...dimensions].map(([dimension, indicators]) => (
            <tr key={dimension}>
              <th scope="row">{t.maybe('metadata.dimension.', dimension, dimension)}</th>
              <td><span className="dt-metadata-bar" aria-hidden><span className="dt-metadata-good" style={{ width: `${(sum('points', indicators) / sum('max', indicators)) * 100}%` }} /></span></td>
              <td className="dt-num">{t('metadata.pointsOf', { points: format.number(sum('points', indicators), 1), max: sum('max', indicators) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {gains.length > 0 && (
        <ul className="dt-metadata-gains" aria-label={t('metadata.todo')}>
          {gains.map(({ id, points }) => (
            <li key={id}><strong>{t.maybe('metadata.indicator.', id, id)}</strong> {t.maybe('metadata.do.', id, '')} <span className="dt-secondary dt-num">{t('metadata.gain', { points: format.number(points, 1) })}</span></li>
          ))}
        </ul>
      )}
      <p>
        {t('metadata.completeness')} <strong className="dt-num">{format.percent(score.completeness)}</strong>
        {score.missing.length === 0 ? ` · ${t('metadata.complete')}` : ` · ${t('metadata.missing')}: ${score.missing.map((id) => t.maybe('metadata.item.', id, id)).join(t('shell.and'))}`}
        {mayEdit && score.missing.length > 0 && <> · <Link to={`/console/catalog/${score.entryCode}/edit`}>{t('metadata.editEntry')}</Link></>}
      </p>
    </Panel>
  )
}
