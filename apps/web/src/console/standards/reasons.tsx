import { Button, Popover } from 'antd'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT, type Translate } from '../../shared/i18n/use-t.ts'

/** A reason (`kind|params`) as a sentence; what the server says that this page does not know yet stays as it is. */
export function reasonText(reason: string, t: Translate): string {
  const [kind = '', a = '', b = ''] = reason.split('|')
  return t.maybe('standards.reason.', kind, reason, { a: t.maybe('standards.kindOf.', a, a), b })
}

function Reasons({ reasons }: { readonly reasons: readonly string[] }) {
  const { t } = useT()
  return <ul className="dt-issues">{reasons.map((reason) => <li key={reason}>{reasonText(reason, t)}</li>)}</ul>
}

/** How sure a mapping is; opens the reasons for it. */
export function Confidence({ confidence, reasons, field }: { readonly confidence: number; readonly reasons: readonly string[]; readonly field: string }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <Popover trigger="click" title={t('standards.why')} content={<div className="dt-std-why"><Reasons reasons={reasons} /></div>}>
      <Button type="link" size="small" aria-label={`${field} ${t('standards.why')}`}>{format.percent(confidence, 0)}</Button>
    </Popover>
  )
}
