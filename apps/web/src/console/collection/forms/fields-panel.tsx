import type { Form, FormField } from '@datong/contracts'
import { Link } from 'react-router'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ListTable } from '../../../shared/ui/list-table.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'

/** What is to be filled in, with what it must be. */
export function FieldsPanel({ form }: { readonly form: Form }) {
  const { t } = useT()
  return (
    <Panel title={t('forms.fields')} flush>
      <ListTable<FormField>
        label={t('forms.fields')} size="small" rows={form.fields} rowKey={({ name }) => name}
        columns={[
          { key: 'name', title: t('forms.field'), render: (field) => <>{field.name}{form.keyFields.includes(field.name) && <span className="dt-secondary"> · {t('forms.key')}</span>}</> },
          { key: 'type', title: t('forms.type'), render: (field) => (field.codeList === null ? t(`common.fieldType.${field.type}`) : <Link to={`/console/catalog/standards/code-lists/${field.codeList}`}>{t('forms.codeOf', { list: field.codeList })}</Link>) },
          { key: 'element', title: t('forms.element'), render: (field) => (field.element === null ? '–' : <Link to={`/console/catalog/standards/elements/${field.element}`}>{field.element}</Link>) },
          { key: 'required', title: t('forms.required'), render: (field) => (field.required ? t('forms.yes') : '–') },
          { key: 'rules', title: t('forms.rules'), render: (field) => <Rules field={field} /> },
        ]}
      />
    </Panel>
  )
}

function Rules({ field }: { readonly field: FormField }) {
  const { t } = useT()
  const words = [
    ...(field.maxLength === null ? [] : [t('forms.rule.maxLength', { limit: field.maxLength })]), ...(field.scale === null ? [] : [t('forms.rule.scale', { limit: field.scale })]),
    ...(field.minimum === null ? [] : [t('forms.rule.minimum', { limit: field.minimum })]), ...(field.maximum === null ? [] : [t('forms.rule.maximum', { limit: field.maximum })]),
    ...(field.recognizer === null ? [] : [t('forms.rule.recognizer')]), ...(field.help === null ? [] : [field.help]),
  ]
  return <>{words.length === 0 ? '–' : words.join(t('forms.comma'))}</>
}
