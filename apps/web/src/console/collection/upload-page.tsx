import { operations } from '@datong/contracts'
import { InboxOutlined } from '@ant-design/icons'
import { Alert, Upload } from 'antd'
import { useSearchParams } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { UploadItem } from './upload-item.tsx'
import { useUploads } from './use-uploads.ts'
import './collection.css'

/** Bring files in: drop them, watch them leave, watch them become entries. */
export function UploadPage() {
  const { t } = useT()
  const [search] = useSearchParams()
  const entryCode = search.get('entry') ?? undefined
  const entry = useApi(operations.getEntry, { params: { code: entryCode ?? '' } }, { enabled: entryCode !== undefined })
  const uploads = useUploads(entryCode)
  return (
    <>
      <PageHeader
        back={entryCode ? { to: `/console/catalog/${entryCode}`, text: entry.data?.title ?? entryCode } : { to: '/console/collection', text: t('shell.nav.collection') }}
        title={entryCode ? t('collection.newVersionTitle') : t('collection.uploadTitle')}
      />
      {entryCode && <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('collection.newVersionHint', { entry: entry.data?.title ?? entryCode })} />}
      <Panel>
        <Upload.Dragger
          multiple={!entryCode} showUploadList={false} className="dt-dropzone"
          beforeUpload={(file) => {
            uploads.add(file)
            return false // sent by our own queue, with the parts that must come before the file
          }}
        >
          <p className="dt-drop-icon"><InboxOutlined aria-hidden /></p>
          <p className="dt-drop-title">{t('collection.drop')}</p>
          <p className="dt-secondary">{t('collection.dropHint')}</p>
        </Upload.Dragger>
      </Panel>
      {uploads.items.length > 0 && (
        <Panel title={t('collection.thisTime')} flush>
          <ul className="dt-uploads" aria-live="polite">{uploads.items.map((item) => <UploadItem key={item.key} item={item} onStop={() => uploads.stop(item.key)} />)}</ul>
        </Panel>
      )}
    </>
  )
}
