import type { QualityOverview } from '@datong/contracts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import '../catalog/quality.css'

interface DimensionBarsProps {
  readonly dimensions: QualityOverview['city']['dimensions']
  /** Whether to say what each weighs. */
  readonly weights?: boolean
}

/** A score in each of the six dimensions, with what it weighs. */
export function DimensionBars({ dimensions, weights = false }: DimensionBarsProps) {
  const { t } = useT()
  const format = useFormat()
  return (
    <dl className="dt-quality-bars">
      {dimensions.map(({ dimension, score, weight }) => (
        <div key={dimension}>
          <dt>{t(`quality.dimension.${dimension}`)} {weights && <span className="dt-secondary dt-checks-weight">{format.percent(weight)}</span>}</dt>
          <dd>
            <span className="dt-bar" aria-hidden><span style={{ width: `${(score ?? 0) * 100}%` }} /></span>
            <span className="dt-num">{score === null ? t('quality.notMeasured') : format.percent(score)}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
