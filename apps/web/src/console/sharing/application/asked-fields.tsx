import { operations, type Application } from '@datong/contracts'
import { Alert } from 'antd'
import { useMemo } from 'react'
import { useAsked } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { FieldTable, type FieldColumn } from '../../../shared/ui/field-table.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { NeedChip } from '../apply/field-advice.tsx'

/** The fields asked for with grade, mask and whether the purpose needs them; and whose they are, where several departments own them. */
export function AskedFields({ application }: { readonly application: Application }) {
  const { t } = useT()
  const name = useName()
  const { can } = useSession()
  const { fields, opinions } = application
  const body = useMemo(
    () => (can(operations.adviseFields) && fields.length > 0 ? { entryCode: application.entryCode, ...(application.purposeCode ? { purposeCode: application.purposeCode } : {}), purposeText: application.purpose, fields: fields.map((field) => field.name) } : null),
    [can, fields, application.entryCode, application.purpose, application.purposeCode],
  )
  const advice = useAsked(operations.adviseFields, body).data
  const advised = new Map(advice?.fields.map((field) => [field.name, field]))
  const owner = new Map(opinions.flatMap(({ department, fields: names }) => names.map((field) => [field, name(department)] as const)))
  const sensitive = fields.filter((field) => field.grade === 'secret' || field.grade === 'top-secret').length
  const beyond = advice?.needKnown ? advice.fields.filter((field) => field.need === 'unusual').map((field) => field.name) : []
  const extra: FieldColumn[] = [
    ...(advice?.fields.some((field) => field.need !== 'unknown') ? [{ key: 'advice', title: t('apply.advice'), render: (field: { readonly name: string }) => { const said = advised.get(field.name); return said ? <NeedChip field={said} /> : null } }] : []),
    ...(opinions.length > 1 ? [{ key: 'owner', title: t('sharing.column.owner'), render: (field: { readonly name: string }) => owner.get(field.name) ?? '–' }] : []),
  ]
  return (
    <Panel title={t('sharing.askedFields', { count: fields.length })} extra={sensitive > 0 && <span className="dt-warn">{t('sharing.sensitiveFields', { count: sensitive })}</span>} flush>
      {beyond.length > 0 && <Alert type="warning" showIcon title={t('apply.beyondNeed', { count: beyond.length, fields: beyond.join(t('shell.and')) })} />}
      <FieldTable fields={fields} extra={extra} />
    </Panel>
  )
}
