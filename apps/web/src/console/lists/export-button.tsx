import { DownloadOutlined } from '@ant-design/icons'
import { operations } from '@datong/contracts'
import { App, Button } from 'antd'
import { call } from '../../shared/api/client.ts'
import { useT } from '../../shared/i18n/use-t.ts'

/** The list as a file that an import takes. */
export function ExportButton({ organisation }: { readonly organisation?: string }) {
  const { t } = useT()
  const { message } = App.useApp()
  const save = async (): Promise<void> => {
    const { fileName, csv } = await call(operations.exportResponsibilities, { query: organisation === undefined ? {} : { organisation } })
    const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
    const link = Object.assign(document.createElement('a'), { href: url, download: fileName })
    link.click()
    URL.revokeObjectURL(url)
  }
  return <Button icon={<DownloadOutlined />} onClick={() => void save().catch(() => message.error(t('lists.notExported')))}>{t('lists.export')}</Button>
}
