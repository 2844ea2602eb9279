import { DownloadOutlined } from '@ant-design/icons'
import { operations } from '@datong/contracts'
import { Button, Dropdown } from 'antd'
import { useDownload } from '../../shared/api/use-download.ts'
import { useT } from '../../shared/i18n/use-t.ts'

interface ExportButtonProps {
  readonly kind: 'element' | 'code-list'
  readonly list?: string
  readonly date?: string
}

/** Saves elements or a code list in the columns that an import takes. */
export function ExportButton({ kind, list, date }: ExportButtonProps) {
  const { t } = useT()
  const download = useDownload()
  const save = (format: string): void => {
    const query = new URLSearchParams({ kind, format, ...(list ? { list } : {}), ...(date ? { date } : {}) })
    download.start(`${operations.exportStandards.path}?${query.toString()}`, '*/*', `${list ?? t('standards.elements')}.${format}`)
  }
  return (
    <Dropdown menu={{ items: [{ key: 'xlsx', label: 'Excel (XLSX)' }, { key: 'csv', label: 'CSV' }], onClick: ({ key }) => save(key) }} trigger={['click']}>
      <Button icon={<DownloadOutlined />} loading={download.busy}>{t('standards.export')}</Button>
    </Dropdown>
  )
}
