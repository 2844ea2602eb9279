import { type DataElementView, ELEMENT_CATEGORY_NAMES, operations, STANDARD_STATES } from '@datong/contracts'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { ElementDialog } from './element-dialog.tsx'
import { ExportButton } from './export-button.tsx'
import { StateOf, ToBeConfirmed } from './standard-chips.tsx'
import { STANDARDS } from './standards-frame.tsx'
import './standards.css'

/** The data elements with search and facets. */
export function ElementsPage() {
  const { t } = useT()
  const { can } = useSession()
  const [adding, setAdding] = useState(false)
  const { values, set } = useFilters(['q', 'category', 'state', 'list', 'confirmed'])
  const category = oneOf(ELEMENT_CATEGORY_NAMES, values.category)
  const state = oneOf(STANDARD_STATES, values.state)
  const confirmed = values.confirmed === undefined ? undefined : values.confirmed === 'true'
  const pages = usePages(operations.listElements, { query: { ...pick('q', values.q), ...pick('category', category), ...pick('state', state), ...pick('codeList', values.list), ...pick('confirmed', confirmed) } })
  const facets = pages.answer.data?.facets
  const count = (of: 'category' | 'state', value: string): string => {
    const found = facets?.[of].find((one) => one.value === value)
    return found ? ` (${found.count})` : ''
  }
  return (
    <>
      <p className="dt-secondary dt-lead">{t('standards.elementsIntro')}</p>
      <Panel flush>
        <div className="dt-filters">
          <SearchBox value={values.q} placeholder={t('standards.searchElements')} onSearch={(value) => set('q', value)} />
          <Select
            allowClear aria-label={t('standards.category')} placeholder={t('standards.category')} value={category ?? null} onChange={(value) => set('category', value ?? undefined)}
            options={ELEMENT_CATEGORY_NAMES.map((value) => ({ value, label: `${t(`standards.categoryName.${value}`)}${count('category', value)}` }))}
          />
          <Select
            allowClear aria-label={t('standards.stateTitle')} placeholder={t('standards.stateTitle')} value={state ?? null} onChange={(value) => set('state', value ?? undefined)}
            options={STANDARD_STATES.map((value) => ({ value, label: `${t(`standards.state.${value}`)}${count('state', value)}` }))}
          />
          <Select
            allowClear aria-label={t('standards.source')} placeholder={t('standards.source')} value={values.confirmed ?? null} onChange={(value) => set('confirmed', value ?? undefined)}
            options={[{ value: 'true', label: t('standards.confirmed') }, { value: 'false', label: t('standards.unconfirmed') }]}
          />
          <span className="dt-filters-end dt-chips">
            <ExportButton kind="element" />
            {can(operations.saveElement) && <Button type="primary" onClick={() => setAdding(true)}>{t('standards.addElement')}</Button>}
          </span>
        </div>
        <ElementTable pages={pages} />
      </Panel>
      {adding && <ElementDialog onClose={() => setAdding(false)} />}
    </>
  )
}

function ElementTable({ pages }: { readonly pages: ReturnType<typeof usePages<typeof operations.listElements>> }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  return (
    <DataTable<DataElementView>
      label={t('standards.elements')} pages={pages} rowKey={({ id }) => id} empty={{ title: t('standards.noElements'), hint: t('standards.noElementsHint') }}
      columns={[
        {
          key: 'name', title: t('standards.element'),
          render: (one) => <div className="dt-cell-title"><Link to={`${STANDARDS}/elements/${one.id}`}>{name(one)}</Link><div className="dt-secondary dt-cell-sub"><span className="dt-mono">{one.id}</span> {one.definition}</div></div>,
        },
        { key: 'category', title: t('standards.category'), render: (one) => t(`standards.categoryName.${one.category}`) },
        { key: 'notation', title: t('standards.notation'), render: (one) => <span className="dt-mono">{one.notation}{one.unit && ` ${one.unit}`}</span> },
        { key: 'list', title: t('standards.domain'), render: (one) => (one.codeList ? <Link to={`${STANDARDS}/code-lists/${one.codeList}`}>{one.codeList}</Link> : '—') },
        { key: 'source', title: t('standards.source'), render: (one) => <span className="dt-std-source">{one.source}{!one.confirmed && <ToBeConfirmed />}</span> },
        { key: 'state', title: t('standards.stateTitle'), render: (one) => <StateOf state={one.state} /> },
        { key: 'uses', title: t('standards.uses'), align: 'right', render: (one) => format.number(one.usedBy) },
      ]}
    />
  )
}
