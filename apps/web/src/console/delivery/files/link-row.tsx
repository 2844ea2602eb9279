import { operations, type FileLink } from '@datong/contracts'
import { DownloadOutlined } from '@ant-design/icons'
import { Button, Spin } from 'antd'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'
import { CopyButton } from '../../../shared/ui/copy-button.tsx'
import { useDoing } from '../access/use-delivery.ts'
import { useDeed } from '../workbench/use-deed.ts'
import { useReason } from '../workbench/use-reason.ts'

const TONE: Record<FileLink['state'], Tone> = { preparing: 'primary', ready: 'jade', failed: 'cinnabar', ended: 'plain' }

/** One link: how far the file is, what it holds, how long, and the address while this page knows it. */
export function LinkRow({ link, url }: { readonly link: FileLink; readonly url: string | undefined }) {
  const { t } = useT()
  const format = useFormat()
  const reason = useReason()
  const { confirm } = useDeed()
  const end = useDoing(operations.endLink)
  const live = link.state === 'preparing' || link.state === 'ready'
  return (
    <li>
      <div className="dt-work-list-head">
        <strong>{t(`workbench.files.format.${link.format}`)}</strong>
        <Chip tone={TONE[link.state]}>{t(`workbench.files.state.${link.state}`)}</Chip>
        {link.state === 'preparing' && <><Spin size="small" /><span className="dt-secondary">{t('workbench.files.rowsSoFar', { rows: format.number(link.rowsSoFar) })}</span></>}
        {link.reason && <span className="dt-secondary">{reason(link.reason)}</span>}
      </div>
      <div className="dt-work-facts dt-secondary">
        {link.rows !== null && <span>{t('workbench.files.rows', { rows: format.number(link.rows) })}</span>}
        {link.bytes !== null && <span>{format.bytes(link.bytes)}</span>}
        {link.version !== null && <span>{t('common.version', { number: link.version })}</span>}
        <span>{t('workbench.files.used', { used: link.downloadsUsed, all: link.downloads })}</span>
        <span>{t(live ? 'workbench.files.until' : 'workbench.files.madeAt', { at: format.dateTime(live ? link.expiresAt : link.createdAt) })}</span>
        {link.sha256 && <span>SHA-256 <span className="dt-mono">{link.sha256}</span></span>}
      </div>
      {live && (
        <div className="dt-work-acts">
          {url
            ? <><code className="dt-work-url">{url}</code><CopyButton text={url} />{link.state === 'ready' && <Button size="small" icon={<DownloadOutlined />} href={url}>{t('workbench.files.fetch')}</Button>}</>
            : <span className="dt-secondary">{t('workbench.files.urlGone')}</span>}
          <Button size="small" danger onClick={() => confirm(t('workbench.files.endAsk'), () => end.mutateAsync({ params: { code: link.code, id: link.id } }), t('workbench.files.ended'))}>{t('workbench.files.end')}</Button>
        </div>
      )}
    </li>
  )
}
