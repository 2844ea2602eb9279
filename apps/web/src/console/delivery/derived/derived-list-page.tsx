import { operations, type Derived } from '@datong/contracts'
import { PlusOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import { usePages } from '../../../shared/api/use-pages.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { DataTable } from '../../../shared/ui/data-table.tsx'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { DerivedState } from './derived-state.tsx'

/** Saved queries over granted data that departments call as interfaces. */
export function DerivedListPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const pages = usePages(operations.listDerived)
  const make = can(operations.createDerived) && <LinkButton type="primary" icon={<PlusOutlined />} to="/console/calls/derived/new">{t('derived.make')}</LinkButton>
  return (
    <Panel title={t('derived.listTitle')} extra={make} flush>
      <p className="dt-secondary dt-work-intro">{t('derived.hint')}</p>
      <DataTable<Derived>
        label={t('derived.title')} pages={pages} rowKey={(one) => one.id} empty={{ title: t('derived.none'), hint: t('derived.noneHint'), action: make }}
        columns={[
          {
            key: 'title', title: t('derived.column.title'),
            render: (one) => <div className="dt-cell-title"><Link to={`/console/calls/derived/${one.id}`}>{one.title}</Link><div className="dt-secondary dt-cell-sub dt-mono">{one.name}</div></div>,
          },
          { key: 'state', title: t('derived.column.state'), render: (one) => <DerivedState derived={one} /> },
          { key: 'organisation', title: t('derived.column.organisation'), render: (one) => name(one.organisation) },
          { key: 'sources', title: t('derived.column.sources'), align: 'right', render: (one) => format.number(one.definition.sources.length) },
          { key: 'masked', title: t('derived.column.masked'), render: (one) => (one.effective ? (one.effective.masked.length > 0 ? <Chip tone="gamboge">{t('common.maskedFields', { count: one.effective.masked.length })}</Chip> : t('common.none')) : '–') },
          { key: 'version', title: t('derived.column.version'), align: 'right', render: (one) => format.number(one.version) },
          { key: 'changed', title: t('derived.column.changed'), render: (one) => <span className="dt-nowrap">{format.dateTime(one.changedAt)}</span> },
        ]}
      />
    </Panel>
  )
}
