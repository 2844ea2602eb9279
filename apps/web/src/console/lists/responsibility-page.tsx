import { operations, type Responsibility, RESPONSIBILITY_STATES } from '@datong/contracts'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { Coverage } from './coverage.tsx'
import { ExportButton } from './export-button.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { ResponsibilityDialog } from './responsibility-dialog.tsx'
import { StrikeDialog } from './strike-dialog.tsx'

const TONES: Record<Responsibility['state'], Tone> = { published: 'jade', 'in-progress': 'primary', missing: 'plain', late: 'cinnabar' }

/** 责任清单: what each department must share, and how far it has come. */
export function ResponsibilityPage() {
  const { t } = useT()
  const name = useName()
  const { can, user, has } = useSession()
  const { values, set, clear, any } = useFilters(['organisation', 'state', 'q'])
  const [edited, setEdited] = useState<Responsibility | 'new' | null>(null)
  const [struck, setStruck] = useState<Responsibility | null>(null)
  const [importing, setImporting] = useState(false)
  const state = oneOf(RESPONSIBILITY_STATES, values.state)
  const pages = usePages(operations.listResponsibilities, { query: { ...pick('organisation', values.organisation), ...pick('state', state), ...pick('q', values.q) } })
  const steward = can(operations.addResponsibility)
  const mayChange = (one: Responsibility): boolean => steward || (has('provider') && user?.organisation?.code === one.department.code)
  const page = pages.answer.data
  return (
    <>
      {page && page.departments.length > 0 && <Panel title={t('lists.coverage')}><Coverage departments={page.departments} chosen={values.organisation} onChoose={(code) => set('organisation', code)} /></Panel>}
      <Panel
        title={t('lists.responsibility')} flush
        extra={<span className="dt-chips"><ExportButton {...pick('organisation', values.organisation)} />{steward && <Button onClick={() => setImporting(true)}>{t('lists.import')}</Button>}{steward && <Button type="primary" onClick={() => setEdited('new')}>{t('lists.add')}</Button>}</span>}
      >
        <div className="dt-filters">
          <SearchBox value={values.q ?? ''} onSearch={(q) => set('q', q || undefined)} placeholder={t('lists.find')} />
          <Select allowClear placeholder={t('sharing.column.state')} aria-label={t('sharing.column.state')} value={state ?? null} onChange={(value) => set('state', value ?? undefined)} options={RESPONSIBILITY_STATES.map((value) => ({ value, label: t(`lists.state.${value}`) }))} />
          {any && <Button type="link" onClick={clear}>{t('catalog.clear')}</Button>}
        </div>
        <DataTable<Responsibility>
          label={t('lists.responsibility')} pages={pages} rowKey={({ id }) => id} empty={{ title: t('lists.noResponsibility'), hint: t('lists.noResponsibilityHint') }}
          columns={[
            { key: 'item', title: t('lists.item'), render: (one) => <div className="dt-cell-title"><strong>{one.item}</strong><div className="dt-secondary dt-cell-sub">{name(one.department)}{one.legalBasis && ` · ${one.legalBasis}`}</div></div> },
            { key: 'data', title: t('lists.dataNamed'), render: ({ dataNamed }) => dataNamed || '–' },
            { key: 'entry', title: t('lists.entry'), render: ({ entry }) => (entry ? <Link to={`/console/catalog/${entry.code}`}>{entry.title}</Link> : <span className="dt-secondary">{t('lists.noEntry')}</span>) },
            { key: 'due', title: t('lists.dueOn'), render: ({ dueOn }) => <span className="dt-nowrap">{dueOn ?? '–'}</span> },
            { key: 'state', title: t('sharing.column.state'), render: (one) => <Chip tone={TONES[one.state]}>{t(`lists.state.${one.state}`)}</Chip> },
            { key: 'act', title: t('board.act'), render: (one) => mayChange(one) && <span className="dt-chips"><Button size="small" aria-label={`${t('common.edit')}：${one.item}`} onClick={() => setEdited(one)}>{steward ? t('common.edit') : t('lists.tie')}</Button>{steward && <Button size="small" danger aria-label={`${t('lists.strike')}：${one.item}`} onClick={() => setStruck(one)}>{t('lists.strike')}</Button>}</span> },
          ]}
        />
      </Panel>
      {edited && <ResponsibilityDialog item={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {struck && <StrikeDialog item={struck} onClose={() => setStruck(null)} />}
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </>
  )
}
