import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import type { Reply } from './send-request.ts'

/** What came back: status, time, size, receipt, and the answer itself. */
export function ReplyView({ reply }: { readonly reply: Reply }) {
  const { t } = useT()
  const format = useFormat()
  const fine = reply.status < 400
  return (
    <div className="dtp-code dtp-reply">
      <div className="dtp-code-head">
        <span className="dt-chips">
          <Chip tone={fine ? 'jade' : 'cinnabar'}>{reply.status} {fine ? t('portal.api.fine') : t('portal.api.refused')}</Chip>
          <span className="dt-secondary">{t('portal.api.took', { ms: format.number(reply.milliseconds), size: format.bytes(reply.bytes) })}</span>
          {reply.receipt !== null && <span className="dt-secondary">{t('portal.api.receipt')} <span className="dt-mono">{reply.receipt}</span></span>}
        </span>
      </div>
      <pre tabIndex={0} aria-label={t('portal.api.answer')}><code>{reply.body}</code></pre>
      {reply.cut && <p className="dt-secondary">{t('portal.api.cut')}</p>}
    </div>
  )
}
