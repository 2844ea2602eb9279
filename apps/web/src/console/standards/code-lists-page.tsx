import { type CodeListView, operations } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { useFilters } from '../../shared/ui/use-filters.ts'
import { StateOf, ToBeConfirmed } from './standard-chips.tsx'
import { STANDARDS } from './standards-frame.tsx'
import './standards.css'

/** All code lists as they stand today. */
export function CodeListsPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { values, set } = useFilters(['q'])
  const lists = useApi(operations.listCodeLists, { query: pick('q', values.q) }, { keepPrevious: true })
  return (
    <>
      <p className="dt-secondary dt-lead">{t('standards.listsIntro')}</p>
      <Panel flush>
        <div className="dt-filters"><SearchBox value={values.q} placeholder={t('standards.searchLists')} onSearch={(value) => set('q', value)} /></div>
        <Loaded of={lists} rows={8}>
          {({ items }) => (items.length === 0 ? <Empty title={t('standards.noLists')} hint={t('standards.noElementsHint')} /> : (
            <ListTable<CodeListView>
              label={t('standards.lists')} rows={items} rowKey={({ id }) => id}
              columns={[
                { key: 'name', title: t('standards.list'), render: (one) => <div className="dt-cell-title"><Link to={`${STANDARDS}/code-lists/${one.id}`}>{name(one)}</Link><div className="dt-secondary dt-cell-sub"><span className="dt-mono">{one.id}</span></div></div> },
                { key: 'source', title: t('standards.source'), render: (one) => <span className="dt-std-source">{one.source}{!one.confirmed && <ToBeConfirmed />}</span> },
                { key: 'version', title: t('standards.version'), render: (one) => `${one.label}${one.versions > 1 ? ` · ${t('standards.versionCount', { versions: one.versions })}` : ''}` },
                { key: 'codes', title: t('standards.codes'), render: (one) => `${format.number(one.codes)}${one.partial ? ` ${t('standards.partial')}` : ''}` },
                { key: 'state', title: t('standards.stateTitle'), render: (one) => <StateOf state={one.state} /> },
              ]}
            />
          ))}
        </Loaded>
      </Panel>
    </>
  )
}
