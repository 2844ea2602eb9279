import { CHAINS, operations, type EvidenceItem } from '@datong/contracts'
import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { EvidenceSeal } from '../../shared/ui/evidence-seal.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { LogStatus } from './log-status.tsx'

/** What was decided and what was read, each with its proof. */
export function EvidencePage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { values, set, any } = useFilters(['chain', 'subject', 'organisation', 'from', 'to'])
  const organisations = useApi(operations.listOrganisations)
  const chain = oneOf(CHAINS, values.chain)
  const from = values.from ? dayjs(values.from) : null
  const to = values.to ? dayjs(values.to) : null
  const pages = usePages(operations.listEvidence, {
    query: {
      ...pick('chain', chain), ...pick('subject', values.subject), ...pick('organisation', values.organisation),
      ...(from?.isValid() ? { from: from.startOf('day').toISOString() } : {}),
      ...(to?.isValid() ? { to: to.endOf('day').toISOString() } : {}),
    },
  })
  return (
    <>
      <PageHeader title={t('shell.nav.evidence')} facts={<span>{t('evidence.intro')}</span>} />
      <LogStatus />
      <Panel flush>
        <div className="dt-filters" role="search">
          <SearchBox value={values.subject} placeholder={t('evidence.searchHint')} onSearch={(subject) => set('subject', subject)} />
          <Select allowClear placeholder={t('evidence.chainTitle')} aria-label={t('evidence.chainTitle')} value={chain ?? null} onChange={(value) => set('chain', value ?? undefined)} options={CHAINS.map((value) => ({ value, label: t(`evidence.chain.${value}`) }))} />
          <Select
            allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('evidence.organisation')} aria-label={t('evidence.organisation')} value={values.organisation ?? null} popupMatchSelectWidth={false}
            onChange={(value) => set('organisation', value ?? undefined)} options={organisations.data?.items.map((organisation) => ({ value: organisation.code, label: name(organisation) })) ?? []}
          />
          <DatePicker.RangePicker
            aria-label={t('evidence.span')} value={[from, to]} allowEmpty={[true, true]} format="YYYY-MM-DD"
            onChange={(range) => {
              set('from', range?.[0]?.format('YYYY-MM-DD'))
              set('to', range?.[1]?.format('YYYY-MM-DD'))
            }}
          />
        </div>
        <DataTable<EvidenceItem>
          label={t('shell.nav.evidence')} pages={pages} rowKey={(item) => item.id} empty={any ? { title: t('evidence.noneFound') } : { title: t('evidence.none'), hint: t('evidence.noneHint') }}
          columns={[
            {
              key: 'action', title: t('evidence.column.action'),
              render: (item) => (
                <div className="dt-cell-title">
                  <Link to={`/console/evidence/receipts/${item.id}`}>{t.maybe('evidence.action:', item.body.action)}</Link>
                  <div className="dt-secondary dt-cell-sub">{item.body.subject.title || item.body.subject.id}</div>
                </div>
              ),
            },
            { key: 'chain', title: t('evidence.chainTitle'), render: (item) => <Chip tone={item.chain === 'decision' ? 'primary' : 'plain'}>{t(`evidence.chain.${item.chain}`)}</Chip> },
            { key: 'actor', title: t('evidence.column.actor'), render: (item) => item.body.actor.name },
            { key: 'at', title: t('evidence.column.at'), render: (item) => <span className="dt-nowrap">{format.dateTime(item.at)}</span> },
            { key: 'leaf', title: t('evidence.column.leaf'), align: 'right', render: (item) => (item.leafIndex === null ? t('evidence.pending') : format.number(item.leafIndex)) },
            { key: 'seal', title: '', render: (item) => <EvidenceSeal receiptId={item.id} /> },
          ]}
        />
      </Panel>
    </>
  )
}
