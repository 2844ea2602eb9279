import { Button, Progress } from 'antd'
import { Link } from 'react-router'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { LoadProgress } from '../../shared/ui/load-progress.tsx'
import { ErrorState } from '../../shared/ui/states.tsx'
import { useLoad } from './use-load.ts'
import type { UploadState } from './use-uploads.ts'

/** One file on its way: leaving this machine, then becoming a version. */
export function UploadItem({ item, onStop }: { readonly item: UploadState; readonly onStop: () => void }) {
  const { t } = useT()
  const format = useFormat()
  const load = useLoad(item.loadId)
  const under = item.state === 'waiting' || item.state === 'sending'
  return (
    <li>
      <div className="dt-upload-head">
        <span>{item.loadId ? <Link to={`/console/collection/loads/${item.loadId}`}>{item.name}</Link> : item.name} <span className="dt-secondary">{format.bytes(item.bytes)}</span></span>
        {under && <Button size="small" onClick={onStop}>{t('collection.stop')}</Button>}
        {load.data?.state === 'done' && <Link to={`/console/catalog/${load.data.entryCode}`}>{t('collection.openEntry')}</Link>}
      </div>
      {under && (
        <>
          <Progress percent={Math.round(item.progress * 100)} size="small" status="normal" aria-label={t('common.progress')} />
          <span className="dt-secondary">{item.state === 'waiting' ? t('collection.waiting') : t('collection.sending')}</span>
        </>
      )}
      {item.state === 'stopped' && <span className="dt-secondary">{t('collection.stopped')}</span>}
      {item.state === 'failed' && <ErrorState error={item.error} />}
      {item.state === 'sent' && load.data && <LoadProgress load={load.data} />}
      {load.data?.error && <p className="dt-load-error">{t.maybe('errors.', load.data.error.code, load.data.error.detail, load.data.error.params)}</p>}
    </li>
  )
}
