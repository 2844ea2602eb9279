import { type EntryConformity, operations } from '@datong/contracts'
import { App, Button } from 'antd'
import { Link } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Figure } from '../../shared/ui/figure.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { useFilters } from '../../shared/ui/use-filters.ts'
import { STANDARDS } from './standards-frame.tsx'
import './standards.css'

/** How far the fields of the city keep to the standard: the figure, departments, and entries, the lowest first. */
export function ConformityPage() {
  const { t } = useT()
  const { can } = useSession()
  const { message } = App.useApp()
  const format = useFormat()
  const name = useName()
  const { values, set } = useFilters(['organisation'])
  const read = useApi(operations.conformity)
  const measure = useAction(operations.measureConformity, () => void message.success(t('standards.measuring')))
  const share = (value: number | null): string => (value === null ? '—' : format.percent(value, 1))
  return (
    <>
      <p className="dt-secondary dt-lead">{t('standards.conformityIntro')}</p>
      <Loaded of={read} rows={6}>
        {({ city, departments }) => (city.entries === 0 ? <Panel><Empty title={t('standards.nothingMeasured')} hint={t('standards.nothingMeasuredHint')} /></Panel> : (
          <>
            <div className="dt-figures">
              <Figure label={t('standards.cityConformity')} value={share(city.conformity)} />
              <Figure label={t('standards.mappedShare')} value={share(city.fields === 0 ? null : city.mapped / city.fields)} />
              <Figure label={t('standards.fields')} value={format.number(city.fields)} />
              <Figure label={t('standards.entries')} value={format.number(city.entries)} />
            </div>
            <Panel title={t('standards.byDepartment')} extra={can(operations.measureConformity) && <Button loading={measure.isPending} onClick={() => measure.mutate({})}>{t('standards.measureAgain')}</Button>}>
              <p className="dt-formula">{t('standards.formula')}</p>
              <p className="dt-secondary">{t('standards.formulaWords')}</p>
              <ul className="dt-std-bars">
                {departments.toSorted((a, b) => (b.conformity ?? 0) - (a.conformity ?? 0)).map((one) => (
                  <li key={one.organisation.code}>
                    <button type="button" aria-pressed={values.organisation === one.organisation.code} onClick={() => set('organisation', values.organisation === one.organisation.code ? undefined : one.organisation.code)}>
                      <span>{name(one.organisation)}</span>
                      <span className="dt-std-bar" aria-hidden><span className="dt-std-mapped" style={{ width: `${one.fields === 0 ? 0 : (one.mapped / one.fields) * 100}%` }} /><span className="dt-std-conforming" style={{ width: `${(one.conformity ?? 0) * 100}%` }} /></span>
                      <strong className="dt-num">{share(one.conformity)}</strong>
                      <span className="dt-secondary">{t('standards.ofFields', { conforming: one.conforming, mapped: one.mapped, fields: one.fields })}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </Panel>
          </>
        ))}
      </Loaded>
      <EntryList organisation={values.organisation} share={share} />
    </>
  )
}

function EntryList({ organisation, share }: { readonly organisation: string | undefined; readonly share: (value: number | null) => string }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const pages = usePages(operations.listEntryConformity, { query: pick('organisation', organisation) })
  return (
    <Panel title={t('standards.byEntry')} flush>
      <DataTable<EntryConformity>
        label={t('standards.byEntry')} pages={pages} rowKey={({ entryCode }) => entryCode} empty={{ title: t('standards.nothingMeasured'), hint: t('standards.nothingMeasuredHint') }}
        columns={[
          { key: 'entry', title: t('standards.entry'), render: (one) => <div className="dt-cell-title"><Link to={`${STANDARDS}/entries/${one.entryCode}`}>{one.title}</Link></div> },
          { key: 'organisation', title: t('standards.department'), render: (one) => name(one.organisation) },
          { key: 'conformity', title: t('standards.conformsTitle'), align: 'right', render: (one) => share(one.conformity) },
          { key: 'counts', title: t('standards.fields'), render: (one) => t('standards.ofFields', { conforming: one.conforming, mapped: one.mapped, fields: one.fields }) },
          { key: 'measured', title: t('standards.measuredAt'), render: (one) => format.date(one.measuredAt) },
        ]}
      />
    </Panel>
  )
}
