import { DownloadOutlined, DownOutlined } from '@ant-design/icons'
import { DOWNLOAD_FORMATS, operations, urlOf, type Entry } from '@datong/contracts'
import { Button, Dropdown } from 'antd'
import { useT } from '../../shared/i18n/use-t.ts'

/** The whole table as a file, in the form that one can use. */
export function DownloadMenu({ entry }: { readonly entry: Pick<Entry, 'code'> }) {
  const { t } = useT()
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: DOWNLOAD_FORMATS.map((format) => ({
          key: format,
          label: (
            <a href={urlOf(operations.download, { code: entry.code }, { format })} download className="dtp-format">
              <strong>{t(`portal.format.${format}`)}</strong>
              <span className="dt-secondary">{t(`portal.formatFor.${format}`)}</span>
            </a>
          ),
        })),
      }}
    >
      <Button type="primary" size="large" icon={<DownloadOutlined />}>{t('portal.dataset.download')} <DownOutlined aria-hidden /></Button>
    </Dropdown>
  )
}
