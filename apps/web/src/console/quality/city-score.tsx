import type { QualityOverview } from '@datong/contracts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Figure } from '../../shared/ui/figure.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { DimensionBars } from './dimension-bars.tsx'

/** The score of the city with what it is made of, and how many rules fail. */
export function CityScore({ overview: { city, severityWeights, starThresholds } }: { readonly overview: QualityOverview }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <>
      <div className="dt-figures">
        <Figure label={t('checks.cityScore')} value={city.overall === null ? '–' : format.percent(city.overall)} />
        <Figure label={t('checks.judgedEntries')} value={format.number(city.entries)} />
        <Figure label={t('checks.rulesInForce')} value={format.number(city.rules)} to="/console/quality/rules" />
        <Figure label={t('checks.failingRules')} value={format.number(city.failing)} to="/console/quality/rules?verdict=failed" tone={city.failing > 0 ? 'gamboge' : undefined} />
        <Figure label={t('checks.criticalRules')} value={format.number(city.critical)} to="/console/quality/rules?verdict=failed&severity=critical" tone={city.critical > 0 ? 'cinnabar' : undefined} />
      </div>
      <div className="dt-checks-two">
        <Panel title={t('checks.byDimension')} extra={<Stars stars={city.stars} {...(city.overall === null ? {} : { overall: city.overall })} />}>
          <DimensionBars dimensions={city.dimensions} weights />
        </Panel>
        <Panel title={t('checks.howScored')}>
          <ol className="dt-checks-how">
            <li>{t('checks.how.rule', { weights: severityWeights.map(({ severity, weight }) => `${t(`checks.severity.${severity}`)} ${format.number(weight)}`).join(t('checks.listComma')) })}</li>
            <li>{t('checks.how.dimension')}</li>
            <li>{t('checks.how.whole')}</li>
            <li>{t('checks.how.city')}</li>
            <li>{t('checks.how.stars', { thresholds: starThresholds.map(({ stars, least }) => `${'★'.repeat(stars)} ≥ ${format.percent(least)}`).join(t('checks.listComma')) })}</li>
          </ol>
        </Panel>
      </div>
    </>
  )
}
