import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { EvidenceSeal } from '../../../shared/ui/evidence-seal.tsx'
import type { Answer } from './send.ts'

/** How long an answer took, its size, and the seal of its receipt. */
export function AnswerLine({ answer }: { readonly answer: Answer }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <span className="dt-answer-line">
      <span className="dt-secondary">{t('workbench.took', { ms: format.number(answer.milliseconds), size: format.bytes(answer.bytes) })}</span>
      {answer.receipts.length > 0
        ? <>{answer.receipts.map((id) => <EvidenceSeal key={id} receiptId={id} />)}<span className="dt-secondary">{t('workbench.recorded')}</span></>
        : <span className="dt-secondary">{t('workbench.notRecorded')}</span>}
    </span>
  )
}
