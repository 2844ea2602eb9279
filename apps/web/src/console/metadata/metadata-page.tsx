import { operations } from '@datong/contracts'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Figure } from '../../shared/ui/figure.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { Loaded } from '../../shared/ui/states.tsx'
import { useFilters } from '../../shared/ui/use-filters.ts'
import { Departments } from './departments.tsx'
import type { Figures } from './figures.ts'
import { bandOf } from './gains.ts'
import { Todo } from './todo.tsx'
import { WorstEntries } from './worst-entries.tsx'
import './metadata.css'

/** How well the published entries are described: the whole, departments, entries, and what to do about it. */
export function MetadataPage() {
  const { t } = useT()
  const { values } = useFilters(['organisation', 'band', 'lacking'])
  const all = useApi(operations.metadataQuality, { query: {} })
  const chosen = useApi(operations.metadataQuality, { query: pick('organisation', values.organisation) })
  return (
    <>
      <p className="dt-secondary dt-lead">{t('metadata.intro')}</p>
      <Loaded of={chosen} rows={6}>
        {(figures) => (
          <>
            <Whole whole={figures.whole} />
            {all.data && <Departments departments={all.data.departments} chosen={values.organisation} />}
            <Todo indicators={figures.indicators} organisation={values.organisation} />
          </>
        )}
      </Loaded>
      <WorstEntries departments={all.data?.departments ?? []} />
      <Formula />
    </>
  )
}

function Whole({ whole }: { readonly whole: Figures['whole'] }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <div className="dt-figures">
      <Figure label={whole.points === null ? t('metadata.points') : `${t('metadata.points')} · ${t(`metadata.band.${bandOf(whole.points)}`)}`} value={whole.points === null ? '–' : format.number(whole.points, 1)} />
      <Figure label={t('metadata.completeness')} value={whole.completeness === null ? '–' : format.percent(whole.completeness)} />
      <Figure label={t('metadata.entries')} value={format.number(whole.entries)} />
      <Figure label={t('metadata.best')} value={format.number(whole.bands.excellent)} />
    </div>
  )
}

/** How points are counted, in plain words. */
function Formula() {
  const { t } = useT()
  return (
    <Panel title={t('metadata.formula')}>
      <ul className="dt-issues">
        <li>{t('metadata.formulaMqa')}</li>
        <li>{t('metadata.formulaReach')}</li>
        <li>{t('metadata.formulaCompleteness')}</li>
      </ul>
    </Panel>
  )
}
