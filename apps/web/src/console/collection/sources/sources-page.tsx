import { PlusOutlined } from '@ant-design/icons'
import { operations, type Source } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { usePages } from '../../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { DataTable } from '../../../shared/ui/data-table.tsx'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { pick } from '../../../shared/ui/pick.ts'
import { SearchBox } from '../../../shared/ui/search-box.tsx'
import { useFilters } from '../../../shared/ui/use-filters.ts'
import { useScheduleWords } from './schedule-item.tsx'
import { isMoving, LastLoad } from './source-state.tsx'

/** Sources that entries are filled from, with how their last loads went. */
export function SourcesPage() {
  const { t, language } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const { values, set, any } = useFilters(['q'])
  const scheduleWords = useScheduleWords()
  const kinds = useApi(operations.listSourceKinds)
  const pages = usePages(operations.listSources, { query: { ...pick('q', values.q) }, refetchMs: (last) => (last?.items.some(isMoving) === true ? 2_000 : 30_000) })
  const kindName = (kind: string): string => kinds.data?.items.find((one) => one.kind === kind)?.title[language === 'en' ? 'en' : 'zh'] ?? kind
  const add = can(operations.createSource) && <LinkButton type="primary" icon={<PlusOutlined />} to="/console/collection/sources/new">{t('sources.add')}</LinkButton>
  return (
    <Panel flush>
      <div className="dt-filters" role="search">
        <SearchBox value={values.q} placeholder={t('sources.searchHint')} onSearch={(q) => set('q', q)} />
        {add && <span className="dt-filters-end">{add}</span>}
      </div>
      <DataTable<Source>
        pages={pages} rowKey={({ id }) => id} label={t('sources.title')}
        empty={any ? { title: t('sources.noneFound') } : { title: t('sources.none'), hint: t('sources.noneHint'), action: add || undefined }}
        columns={[
          {
            key: 'name', title: t('sources.name'),
            render: (one) => <div className="dt-cell-title"><Link to={`/console/collection/sources/${one.id}`}>{one.name}</Link><div className="dt-secondary dt-cell-sub">{kindName(one.kind)} · {name(one.organisation)}</div></div>,
          },
          { key: 'entry', title: t('sources.entry'), render: (one) => (one.entryCode === null ? <span className="dt-secondary">{one.entryTitle}</span> : <Link to={`/console/catalog/${one.entryCode}`}>{one.entryTitle}</Link>) },
          { key: 'mode', title: t('sources.mode'), render: (one) => <>{t(`sources.mode.${one.mode}`)} {one.state === 'paused' && <Chip tone="gamboge">{t('sources.paused')}</Chip>}</> },
          { key: 'last', title: t('sources.lastLoad'), render: (one) => <LastLoad source={one} /> },
          { key: 'schedule', title: t('sources.schedule'), render: (one) => <span className={one.schedule === null ? 'dt-secondary' : undefined}>{scheduleWords(one.schedule)}</span> },
          { key: 'next', title: t('sources.next'), render: (one) => <span className="dt-nowrap">{one.nextRunAt === null ? '–' : format.dateTime(one.nextRunAt)}</span> },
        ]}
      />
    </Panel>
  )
}
