import { operations, type Entry, type Field } from '@datong/contracts'
import { App, Alert, Button, Popover } from 'antd'
import { Link } from 'react-router'
import { useAction } from '../../shared/api/hooks.ts'
import { useFieldFacts } from '../../shared/api/field-facts.ts'
import { explain } from '../../shared/api/problem.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { GradeChip } from '../../shared/ui/chips.tsx'
import { FieldTable } from '../../shared/ui/field-table.tsx'
import { useMaskingNames } from '../../shared/ui/masking-names.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty } from '../../shared/ui/states.tsx'
import { differs } from './suggestion.ts'

/** Fields of the entry; where the platform would grade or mask otherwise, it says why, and one click takes it. */
export function FieldsTab({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const { message } = App.useApp()
  const facts = useFieldFacts(entry)
  const update = useAction(operations.updateEntry)
  const mayEdit = entry.allowedActions.includes('edit')
  const open = mayEdit ? entry.fields.filter(differs) : []

  const take = async (fields: readonly Field[]): Promise<void> => {
    try {
      await update.mutateAsync({
        params: { code: entry.code },
        body: {
          revision: entry.revision,
          fields: fields.flatMap(({ name, suggestion }) => (suggestion ? [{ name, grade: suggestion.grade, masking: suggestion.masking }] : [])),
        },
      })
      void message.success(t('catalog.suggestion.taken'))
    } catch (error) {
      const { text, issues } = explain(error, t)
      void message.error([text, ...issues.map((issue) => issue.text)].join(' '))
    }
  }

  if (entry.fields.length === 0) return <Panel><Empty title={t('catalog.noFields')} hint={t('catalog.noFieldsHint')} /></Panel>
  const byName = new Map(entry.fields.map((field) => [field.name, field]))
  const elementColumn = entry.fields.some(({ element, unit, codeList }) => element !== null || unit !== null || codeList !== null)
    ? [{ key: 'element', title: t('entry.field.element'), render: ({ name }: { readonly name: string }) => <Standard field={byName.get(name)} /> }] : []
  const found = entry.fields.filter((field) => field.suggestion?.recognizer || differs(field))
  return (
    <>
      {open.length > 0 && (
        <Alert
          type="info" showIcon style={{ marginBottom: 16 }} title={t('catalog.suggestion.open', { count: open.length })}
          action={<Button loading={update.isPending} onClick={() => void take(open)}>{t('catalog.suggestion.takeAll')}</Button>}
        />
      )}
      <Panel flush>
        <FieldTable
          fields={entry.fields}
          {...(facts.filled ? { filled: facts.filled } : {})}
          {...(facts.samples ? { samples: facts.samples } : {})}
          extra={[...elementColumn, ...(found.length === 0 ? [] : [{
            key: 'suggestion', title: t('catalog.suggestion.column'),
            render: ({ name }: { readonly name: string }) => {
              const field = entry.fields.find((item) => item.name === name)
              return field ? <Suggestion field={field} busy={update.isPending} {...(mayEdit ? { onTake: () => void take([field]) } : {})} /> : null
            },
          }])]}
        />
      </Panel>
    </>
  )
}

/** The data element that the field is, its code list and its unit. */
function Standard({ field }: { readonly field: Field | undefined }) {
  const { t } = useT()
  if (!field || (field.element === null && field.unit === null && field.codeList === null)) return <span className="dt-secondary">–</span>
  return (
    <div className="dt-nowrap">
      {field.element && <Link className="dt-mono" to={`/console/catalog/standards/elements/${field.element}`}>{field.element}</Link>}
      {(field.codeList || field.unit) && <div className="dt-secondary">{[field.codeList, field.unit && `${t('entry.field.unit')} ${field.unit}`].filter(Boolean).join(' · ')}</div>}
    </div>
  )
}

function Suggestion({ field, busy, onTake }: { readonly field: Field; readonly busy: boolean; readonly onTake?: () => void }) {
  const { t } = useT()
  const format = useFormat()
  const maskName = useMaskingNames()
  const { suggestion } = field
  if (!suggestion || (suggestion.recognizer === null && !differs(field))) return <span className="dt-secondary">–</span>
  const title = suggestion.recognizer ? t.maybe('protection.recognizer.', suggestion.recognizer) : t('catalog.suggestion.byName')
  const evidence = (
    <div style={{ maxWidth: 320 }}>
      <div className="dt-chips"><GradeChip grade={suggestion.grade} /> {suggestion.masking ? maskName(suggestion.masking) : t('common.field.asIs')}</div>
      <ul className="dt-issues" style={{ marginTop: 8 }}>{suggestion.evidence.map((line) => <li key={line}>{line}</li>)}</ul>
      <span className="dt-secondary">{t('catalog.suggestion.confidence', { share: format.percent(suggestion.confidence, 0) })}</span>
    </div>
  )
  return (
    <span className="dt-chips">
      <Popover content={evidence} title={t('catalog.suggestion.why')} trigger={['hover', 'focus', 'click']}>
        <Button type="text" size="small">{title}</Button>
      </Popover>
      {differs(field) && onTake && <Button size="small" disabled={busy} onClick={onTake}>{t('catalog.suggestion.take')}</Button>}
    </span>
  )
}
