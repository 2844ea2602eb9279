import { DownloadOutlined } from '@ant-design/icons'
import { ENTRY_STATES, operations } from '@datong/contracts'
import { Button, Dropdown, Input, Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useDownload } from '../../shared/api/use-download.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'

/** Chooses which entries come into a sheet, and saves it. */
export function ExportPanel() {
  const { t, language } = useT()
  const name = useName()
  const { has } = useSession()
  const download = useDownload()
  const [chosen, setChosen] = useState<{ q?: string; state?: string; organisation?: string }>({})
  const all = has('steward')
  const organisations = useApi(operations.listOrganisations, {}, { enabled: all })
  const save = (format: string): void => {
    const query = new URLSearchParams({ format, lang: language, ...Object.fromEntries(Object.entries(chosen).filter(([, value]) => value)) })
    download.start(`${operations.exportEntries.path}?${query.toString()}`, '*/*', `${t('catalog.section.entries')}.${format}`)
  }
  return (
    <Panel title={t('bulk.exportTitle')}>
      <p className="dt-secondary" style={{ margin: '0 0 10px' }}>{t(all ? 'bulk.exportAll' : 'bulk.exportOwn')}</p>
      <div className="dt-bulk-actions">
        <Input style={{ width: 220 }} allowClear maxLength={200} placeholder={t('bulk.search')} aria-label={t('bulk.search')} onChange={(event) => setChosen({ ...chosen, q: event.target.value.trim() })} />
        <Select style={{ width: 150 }} allowClear placeholder={t('bulk.anyState')} aria-label={t('bulk.state')} onChange={(state?: string) => setChosen({ ...chosen, state: state ?? '' })} options={ENTRY_STATES.map((value) => ({ value, label: t(`common.entryState.${value}`) }))} />
        {all && (
          <Select
            style={{ width: 220 }} allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('bulk.anyOrganisation')} aria-label={t('bulk.property.organisation')} onChange={(organisation?: string) => setChosen({ ...chosen, organisation: organisation ?? '' })}
            options={(organisations.data?.items ?? []).map((one) => ({ value: one.code, label: name(one) }))}
          />
        )}
        <Dropdown menu={{ items: [{ key: 'xlsx', label: 'Excel (XLSX)' }, { key: 'csv', label: 'CSV' }], onClick: ({ key }) => save(key) }} trigger={['click']}>
          <Button icon={<DownloadOutlined />} loading={download.busy}>{t('bulk.export')}</Button>
        </Dropdown>
      </div>
    </Panel>
  )
}
