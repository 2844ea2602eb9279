import { METADATA_BANDS } from '@datong/contracts'
import { Link } from 'react-router'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty } from '../../shared/ui/states.tsx'
import type { Figures } from './figures.ts'

interface DepartmentsProps {
  readonly departments: Figures['departments']
  readonly chosen: string | undefined
}

/** Departments with the share of their entries in each band, the best first; choosing one narrows the page to it. */
export function Departments({ departments, chosen }: DepartmentsProps) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  return (
    <Panel title={t('metadata.departments')} extra={<BandLegend />}>
      {departments.length === 0 ? <Empty title={t('metadata.departmentsNone')} hint={t('metadata.departmentsNoneHint')} /> : (
        <ol className="dt-metadata-departments">
          {departments.map(({ organisation, points, completeness, entries, bands }) => (
            <li key={organisation.code}>
              <Link to={chosen === organisation.code ? '?' : `?organisation=${organisation.code}`} aria-current={chosen === organisation.code || undefined}>{name(organisation)}</Link>
              <span className="dt-metadata-bar" role="img" aria-label={t('metadata.bandsOf', bands)} title={t('metadata.bandsOf', bands)}>
                {METADATA_BANDS.map((band) => <span key={band} className={`dt-metadata-${band}`} style={{ width: `${(bands[band] / Math.max(1, entries)) * 100}%` }} />)}
              </span>
              <strong className="dt-num">{points === null ? '–' : format.number(points, 1)}</strong>
              <span className="dt-secondary dt-num">{completeness === null ? '–' : format.percent(completeness)}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

function BandLegend() {
  const { t } = useT()
  return <ul className="dt-metadata-legend" aria-hidden>{METADATA_BANDS.map((band) => <li key={band}><span className={`dt-metadata-${band}`} /> {t(`metadata.band.${band}`)}</li>)}</ul>
}
