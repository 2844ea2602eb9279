import { operations, type Quality } from '@datong/contracts'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { EntryTrendPanel } from '../../shared/quality/entry-trend.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { Loaded } from '../../shared/ui/states.tsx'

/** How good the data are, said openly: what was measured, and what failed. */
export function QualityTab({ code, title }: { readonly code: string; readonly title: string }) {
  const { t } = useT()
  const quality = useApi(operations.getQuality, { params: { code }, query: {} })
  return (
    <>
      <Loaded of={quality} rows={8}>{(data) => <Figures quality={data} />}</Loaded>
      <EntryTrendPanel
        code={code} of={title}
        frame={(period, body) => (
          <section aria-labelledby="quality-trend" className="dtp-quality-trend">
            <div className="dtp-quality-trend-head"><h2 id="quality-trend">{t('quality.trend.title')}</h2>{period}</div>
            {body}
          </section>
        )}
      />
    </>
  )
}

function Figures({ quality }: { readonly quality: Quality }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <div className="dtp-quality">
      <section aria-labelledby="quality-scores">
        <h2 id="quality-scores" className="dtp-quality-overall">
          <span className="dtp-quality-figure">{format.percent(quality.overall)}</span>
          <Stars stars={quality.stars} overall={quality.overall} at={quality.checkedAt} />
        </h2>
        <p className="dt-secondary">{t('portal.quality.when', { version: quality.version, date: format.date(quality.checkedAt) })}</p>
        <table className="dtp-bars">
          <caption className="dt-visually-hidden">{t('portal.quality.dimensions')}</caption>
          <tbody>
            {quality.dimensions.map(({ dimension, score }) => (
              <tr key={dimension}>
                <th scope="row">{t(`portal.dimension.${dimension}`)}</th>
                <td className="dtp-bar-cell">{score !== null && <span className="dtp-bar" style={{ width: `${score * 100}%` }} aria-hidden />}</td>
                <td className="dt-num">{score === null ? <span className="dt-secondary">{t('portal.quality.notMeasured')}</span> : format.percent(score)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="dt-secondary dtp-small">{t('portal.quality.how')}</p>
      </section>
      <Failures quality={quality} />
    </div>
  )
}

/** Values that may be right or wrong: each counts half. */
const doubtsOf = ({ params }: Quality['results'][number]): number => Number(params['doubtful'] ?? 0)

function Failures({ quality }: { readonly quality: Quality }) {
  const { t } = useT()
  const format = useFormat()
  const kinds = useApi(operations.listRuleKinds)
  const kindOf = (rule: string): string => {
    const kind = kinds.data?.items.find((one) => one.kind === rule)
    return kind === undefined ? rule : t.language === 'en' ? kind.titleEn : kind.titleZh
  }
  const failed = quality.results.filter((result) => result.failing > 0 || doubtsOf(result) > 0).toSorted((a, b) => (a.score ?? 1) - (b.score ?? 1))
  const passed = quality.results.filter((result) => result.failing === 0 && doubtsOf(result) === 0 && result.score !== null).length
  return (
    <section aria-labelledby="quality-failed">
      <h2 id="quality-failed">{t('portal.quality.failed')}</h2>
      {failed.length === 0 && <p>{t('portal.quality.allPass', { count: passed })}</p>}
      <ul className="dtp-failures">
        {failed.map((result) => (
          <li key={`${result.rule}/${result.field ?? ''}`}>
            <span>
              {result.field !== null && <strong>{result.field}</strong>}
              {result.failing === 0 ? t('quality.doubtful', { count: doubtsOf(result), figure: format.number(doubtsOf(result)), checked: format.number(result.checked) }) : t.maybe('portal.rule.', result.rule, result.checked === 1 ? t('quality.notKept', { rule: kindOf(result.rule) }) : t('quality.notPassed', { rule: kindOf(result.rule), failing: format.number(result.failing), checked: format.number(result.checked) }), {
                failing: format.number(result.failing), checked: format.number(result.checked), key: String(result.params['key'] ?? ''),
                age: String(result.params['ageDays'] ?? ''), cycle: String(result.params['cycleDays'] ?? ''), standard: String(result.params['standard'] ?? ''),
              })}
            </span>
            <span className="dt-num dt-secondary">{result.score === null ? '' : format.percent(1 - result.score, 2)}</span>
          </li>
        ))}
      </ul>
      {failed.length > 0 && <p className="dt-secondary">{t('portal.quality.passed', { count: passed })}</p>}
    </section>
  )
}
